using System.Globalization;
using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using OpenGov.LocalHost.Settings;

namespace OpenGov.LocalHost.Http;

/// <summary>
/// Matches routes as the runtime does: in the order of the functions' names, whatever is more specific; a wrong
/// method is no match.
/// </summary>
internal sealed class HttpFunctions(FunctionCatalog catalog, HostFile host, Invoker invoker, IInlineConstraintResolver constraints, ILogger<HttpFunctions> log)
{
    private readonly Route[] routes = [.. catalog.With<HttpTriggerAttribute>().Select(found => new Route(found.Function, found.Trigger, host.RoutePrefix, constraints))];

    public IEnumerable<(string Name, string Methods, string Path)> Listed => routes.Select(route => (route.Function.Name, route.Methods, route.Path));

    public async Task HandleAsync(HttpContext http)
    {
        // The runtime shows its proxy's address; what the proxy heard from does not arrive.
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        http.Request.Headers.Remove("X-Forwarded-For");
        foreach (var route in routes)
        {
            if (route.Match(http) is { } values)
            {
                await RunAsync(route.Function, values, http);
                return;
            }
        }
        http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task RunAsync(LocalFunction function, RouteValueDictionary values, HttpContext http)
    {
        http.Request.RouteValues = values;
        try
        {
            await invoker.InvokeAsync(function, http, (parameter, _) => Bind(parameter, http, values), http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer.
        }
        catch (Exception failure)
        {
            log.LogError(failure, "{Function} failed.", function.Name);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static object? Bind(ParameterInfo parameter, HttpContext http, RouteValueDictionary values)
    {
        if (parameter.ParameterType == typeof(HttpRequest))
        {
            return http.Request;
        }
        var text = values.TryGetValue(parameter.Name!, out var value) ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return text is null || type == typeof(string) ? text
            : type == typeof(Guid) ? Guid.Parse(text)
            : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
    }

    private sealed class Route
    {
        private readonly TemplateMatcher matcher;
        private readonly List<(string Name, IRouteConstraint Constraint)> constraints;
        private readonly HttpTriggerAttribute trigger;

        public Route(LocalFunction function, HttpTriggerAttribute trigger, string prefix, IInlineConstraintResolver resolver)
        {
            (Function, this.trigger) = (function, trigger);
            Path = string.Join('/', new[] { prefix, trigger.Route ?? function.Name }.Where(part => part.Length > 0));
            var pattern = RoutePatternFactory.Parse(Path);
            matcher = new TemplateMatcher(new RouteTemplate(pattern), new RouteValueDictionary(pattern.Defaults));
            constraints = [.. pattern.ParameterPolicies.SelectMany(policies => policies.Value
                .Select(policy => (policies.Key, Constraint: resolver.ResolveConstraint(policy.Content!)!)))];
        }

        public LocalFunction Function { get; }

        public string Path { get; }

        public string Methods => string.Join(',', trigger.Methods).ToUpperInvariant();

        public RouteValueDictionary? Match(HttpContext http)
        {
            var values = new RouteValueDictionary();
            return (trigger.Methods.Length == 0 || trigger.Methods.Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase))
                && matcher.TryMatch(http.Request.Path, values)
                && constraints.All(rule => !values.ContainsKey(rule.Name) || values[rule.Name] is null
                    || rule.Constraint.Match(http, null, rule.Name, values, RouteDirection.IncomingRequest))
                ? values : null;
        }
    }
}
