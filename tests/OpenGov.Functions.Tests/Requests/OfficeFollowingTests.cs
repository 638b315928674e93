using System.Text.Json;
using NodaTime;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Institutions;

namespace OpenGov.Functions.Requests;

/// <summary>Notas of 24 June 2019, due on 5 July, and what they do when their office changes.</summary>
public sealed class OfficeFollowingTests
{
    private static readonly Cycle Cycle = CycleFile.Read("panama-2019-2021");
    private static readonly LocalDate Today = new(2019, 6, 27);
    private static readonly Instant Now = Cycle.StartOf(Today) + Duration.FromHours(9);
    private static readonly Instant Sent = Cycle.StartOf(new LocalDate(2019, 6, 24)) + Duration.FromHours(9);
    private static readonly Institution Ministry = new("MEF", "Ministerio", new Office("Ministro/a", "despacho@example.org", "Ana Ríos"), "secretaria@example.org");
    private static readonly Institution Announced = OfficeRules.Announce(Ministry, new Handover(new LocalDate(2019, 7, 1)));

    private static readonly OfficialRequest Nota = new(
        Cycle.Id, "001-2019", "validation", "Nota N.º 001-2019", 1, "MEF", "Ministerio", Ministry.Office, Ministry.SecretariatMailbox,
        [new RequestItem("C-01", "Título", "Texto")], Sent, new LocalDate(2019, 7, 5));

    private static readonly OfficialRequest Answered = Nota with { Confirmations = [new Confirmation(1, Sent + Duration.FromHours(5), false, "hash")] };

    private static readonly Dictionary<string, OfficialRequest> Notas = new()
    {
        ["sent"] = Nota,
        ["prepared"] = Nota with { Prepared = [Sent], Draft = new Draft(1, 0) },
        ["silent"] = Nota with { Due = new LocalDate(2019, 6, 26) },
        ["held"] = RequestLife.Hold(Nota, new RecordedAct(RequestAct.Hold, Sent + Duration.FromHours(1))),
        ["waiting"] = Nota with { Waits = true },
        ["answered"] = Answered,
        ["correcting"] = Answered with { Prepared = [Sent, Sent], Draft = new Draft(2, 0) },
        ["annulled"] = RequestLife.Annul(Nota, new RecordedAct(RequestAct.Annul, Sent + Duration.FromHours(1))),
        ["closed"] = RequestLife.Close(Answered, Sent + Duration.FromDays(2)),
    };

    private static readonly Dictionary<string, Institution> Offices = new()
    {
        ["the same"] = Ministry,
        ["announced"] = Announced,
        ["succeeded"] = OfficeRules.Succeed(Announced, new NewHolder("Ministra", "Eva Díaz", Acting: false), "despacho@example.org", Today),
        ["succeeded by nobody known"] = OfficeRules.Succeed(Ministry with { Office = Ministry.Office with { Holder = null } }, new NewHolder("Ministro/a", null, Acting: true), "despacho@example.org", Today),
        ["readdressed"] = OfficeRules.Readdress(Ministry, "nuevo@example.org", "secretaria@example.org"),
        ["announced and readdressed"] = OfficeRules.Readdress(Announced, "nuevo@example.org", "secretaria@example.org"),
        ["other secretariat"] = OfficeRules.Readdress(Ministry, "despacho@example.org", "sg@example.org"),
    };

    [Theory]
    [InlineData("sent", "the same", "")]
    [InlineData("sent", "announced", "Hold")]
    [InlineData("prepared", "announced", "Hold")]
    [InlineData("silent", "announced", "Hold")]
    [InlineData("held", "announced", "")]
    [InlineData("waiting", "announced", "")]
    [InlineData("answered", "announced", "")]
    [InlineData("correcting", "announced", "")]
    [InlineData("held", "the same", "Release")]
    [InlineData("waiting", "the same", "Send")]
    [InlineData("sent", "succeeded", "Reissue")]
    [InlineData("prepared", "succeeded", "Reissue")]
    [InlineData("silent", "succeeded", "Reissue")]
    [InlineData("held", "succeeded", "Reissue")]
    [InlineData("waiting", "succeeded", "Send")]
    [InlineData("answered", "succeeded", "Reissue")]
    [InlineData("correcting", "succeeded", "Reissue")]
    [InlineData("sent", "succeeded by nobody known", "Reissue")]
    [InlineData("sent", "readdressed", "Readdress")]
    [InlineData("prepared", "readdressed", "Readdress")]
    [InlineData("held", "readdressed", "Readdress Release")]
    [InlineData("answered", "readdressed", "Readdress")]
    [InlineData("held", "announced and readdressed", "")]
    [InlineData("sent", "other secretariat", "")]
    public void A_nota_follows_its_office(string nota, string office, string acts) =>
        Assert.Equal(acts, string.Join(' ', Follow(Notas[nota], Offices[office]).Acts));

    [Fact]
    public void Every_nota_comes_to_rest_at_every_office_by_allowed_acts_and_no_answer_is_lost()
    {
        foreach (var (nota, office) in Notas.Values.SelectMany(nota => Offices.Values.Select(office => (nota, office))))
        {
            var (there, acts) = Follow(nota, office);
            Assert.True(acts.Count < 4);
            Assert.Equal(nota.Confirmations, there.Confirmations);
            Assert.True(there.Due >= nota.Due);
            Assert.True(!acts.Contains(RequestAct.Reissue) || (there.Generation > nota.Generation && there.Draft is null));
        }
    }

    [Theory]
    [InlineData("annulled")]
    [InlineData("closed")]
    public void A_nota_at_its_end_follows_nobody(string nota) => Assert.All(Offices.Values, office => Assert.Empty(Follow(Notas[nota], office).Acts));

    [Fact]
    public void An_import_keeps_an_announcement_and_a_row_with_another_holder_is_a_change_of_holder()
    {
        var row = new Institution("MEF", "Ministerio de Economía", new Office("Ministra", "despacho@example.org", "Ana Ríos"), "secretaria@example.org");
        var kept = OfficeRules.Import(row, Announced, Today);
        Assert.Equal((Announced.Announced, 0, "Ministerio de Economía"), (kept.Announced, kept.Office.Term, kept.Name));
        var succeeded = OfficeRules.Import(row with { Office = row.Office with { Holder = "Eva Díaz" } }, Announced, Today);
        Assert.Equal((null, 1, "Ana Ríos"), (succeeded.Announced, succeeded.Office.Term, Assert.Single(succeeded.Past).Name));
    }

    [Fact]
    public void A_name_where_none_was_known_is_no_change_of_holder()
    {
        var nameless = new Institution("MEF", "Ministerio de Economía", new Office("Ministro/a", "despacho@example.org"), "secretaria@example.org");
        var named = nameless with { Office = nameless.Office with { Holder = "Ana Ríos" } };

        Assert.Equal((0, "Ana Ríos"), (OfficeRules.Import(named, nameless, Today).Office.Term, OfficeRules.Import(named, nameless, Today).Office.Holder));
        Assert.Equal(1, OfficeRules.Import(named with { Office = named.Office with { Mailbox = "otro@example.org" } }, nameless, Today).Office.Term);
        Assert.Equal(1, OfficeRules.Import(named with { Office = named.Office with { Acting = true } }, nameless, Today).Office.Term);
    }

    private static (OfficialRequest Request, IReadOnlyList<RequestAct> Acts) Follow(OfficialRequest request, Institution institution)
    {
        var acts = new List<RequestAct>();
        while (acts.Count < 5 && OfficeFollowing.Next(request, Authorities.Of(institution), request.PhaseAt(Now, Cycle)) is { } what)
        {
            Assert.True(RequestLife.Allows(request.PhaseAt(Now, Cycle), what), $"{what} is not allowed in {request.PhaseAt(Now, Cycle)}.");
            var (act, to) = (new RecordedAct(what, Now), Authorities.Of(institution));
            acts.Add(what);
            request = what switch
            {
                RequestAct.Send => RequestLife.Send(request, to, DueRules.ForReissue(request, Cycle, Today), act),
                RequestAct.Reissue => RequestLife.Reissue(request, to, DueRules.ForReissue(request, Cycle, Today), act),
                RequestAct.Readdress => RequestLife.Readdress(request, to, act),
                RequestAct.Hold => RequestLife.Hold(request, act),
                _ => RequestLife.Release(request, DueRules.AfterHold(request, Cycle, Today), act),
            };
        }
        return (request, acts);
    }
}
