using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Extensions;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Proposals.Channels;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Proposals;

public sealed class ShowProposalForm(CurrentCycle cycles, ChannelStore channels, FormTickets tickets, TimeProvider clock)
{
    [Function(nameof(ShowProposalForm))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "proposals/new")] HttpRequest request, CancellationToken cancel)
    {
        var cycle = await cycles.GetAsync(cancel);
        var decision = CallWindow.Decide(cycle, clock.GetCurrentInstant());
        if (decision != CallDecision.Open)
        {
            return Page.Of<CallClosedPage>(new { Cycle = cycle, Decision = decision });
        }
        // A link of a channel that is not known opens the form all the same.
        var via = await channels.FindAsync(request.Query["via"].FirstOrDefault()?.ToUpperInvariant(), cancel);
        var channel = via?.Kind ?? request.Query["channel"].FirstOrDefault(value => Choices.Channels.Contains(value));
        var form = ProposalForm.Empty(tickets.Issue(via?.Code));
        return Page.Of<ProposalFormPage>(new { Cycle = cycle, Form = form with { Input = form.Input with { Channel = channel } } });
    }
}
