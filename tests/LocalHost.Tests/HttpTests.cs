using System.Net;

namespace OpenGov.LocalHost;

public sealed class HttpTests(SharedHost shared)
{
    private HttpClient Http => shared.Host.Http;

    [Fact]
    public async Task Routes_match_in_the_order_of_the_functions_names_whatever_is_more_specific() =>
        Assert.Equal("anything: new", await Http.GetStringAsync("/things/new", TestContext.Current.CancellationToken));

    [Fact]
    public async Task Middleware_runs_in_its_order_of_registration_and_the_result_outside_of_it() =>
        Assert.Equal("outer inner function /inner /outer result", await Http.GetStringAsync("/", TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("GET", "/posts/7")]
    [InlineData("POST", "/posts/seven")]
    [InlineData("POST", "/")]
    [InlineData("HEAD", "/")]
    [InlineData("GET", "/nowhere")]
    public async Task A_wrong_method_is_no_match_as_a_wrong_route_is_none(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Route_values_become_the_functions_parameters()
    {
        var answer = await Http.PostAsync("/posts/7", null, TestContext.Current.CancellationToken);

        Assert.Equal("8", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_exception_answers_500_with_nothing_else()
    {
        var answer = await Http.GetAsync("/fail", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(answer.Headers.Contains("X-Half-Done"));
    }
}
