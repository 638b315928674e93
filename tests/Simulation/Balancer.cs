namespace OpenGov.Simulation;

/// <summary>
/// Gives each request to any of the instances: a form that one of them showed is sent to another as often as not. Cookies
/// are of the name that they share.
/// </summary>
public sealed class Balancer(IReadOnlyList<int> ports, int seed)
{
    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly int[] given = new int[ports.Count];

    /// <summary>How many requests each instance got.</summary>
    public IReadOnlyList<int> Given => given;

    public HttpMessageHandler Before(HttpMessageHandler network) => new Handler(this, network);

    private int Next()
    {
        lock (gate)
        {
            var next = random.Next(ports.Count);
            given[next]++;
            return ports[next];
        }
    }

    private sealed class Handler(Balancer balancer, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // As a proxy that hands on the name it was asked for.
            request.Headers.Host = request.RequestUri!.Authority;
            request.RequestUri = new UriBuilder(request.RequestUri) { Port = balancer.Next() }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
