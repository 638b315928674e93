using System.Threading.RateLimiting;
using OpenGov.Functions.Telemetry;

namespace OpenGov.Functions.Proposals;

/// <summary>
/// How much is taken at once: in all, and per address where a setting names a header that can be trusted. The
/// platform's proxy hides the caller's address, and every other header can be forged.
/// </summary>
public sealed class IntakeLimits(IConfiguration configuration, Measures measures) : IDisposable
{
    public const int RetryAfterSeconds = 5;
    private const int MostInFlight = 1000;
    private const int MostPerAddressAndMinute = 60;
    private readonly string? addressHeader = configuration["Network:ClientAddressHeader"];
    private readonly ConcurrencyLimiter inFlight = new(new ConcurrencyLimiterOptions { PermitLimit = MostInFlight, QueueLimit = 0 });
    private readonly PartitionedRateLimiter<string> perAddress = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetSlidingWindowLimiter(address, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = MostPerAddressAndMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        }));

    public RateLimitLease TryEnter(HttpRequest request)
    {
        if (addressHeader is { Length: > 0 } && request.Headers[addressHeader].FirstOrDefault() is { Length: > 0 } address)
        {
            using var lease = perAddress.AttemptAcquire(address);
            if (!lease.IsAcquired)
            {
                return Counted(lease);
            }
        }
        return Counted(inFlight.AttemptAcquire());
    }

    private RateLimitLease Counted(RateLimitLease lease)
    {
        if (!lease.IsAcquired)
        {
            measures.ProposalRefused("too-many");
        }
        return lease;
    }

    public void Dispose()
    {
        inFlight.Dispose();
        perAddress.Dispose();
    }
}
