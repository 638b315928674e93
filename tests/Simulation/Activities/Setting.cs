namespace OpenGov.Simulation.Activities;

/// <summary>What staff know before the first activity: offices and the forum's members.</summary>
public static class Setting
{
    public static async Task PrepareAsync(World world)
    {
        await world.ImportAsync("institutions", World.Csv([
            ["code", "name", "authorityTitle", "holder", "officeMailbox", "secretariatMailbox"],
            .. world.Cast.Offices.Select(office => new[] { office.Code, office.Name, office.Title, office.Holder, office.Mailbox, $"secretaria.general@{office.Domain}" }),
        ]));
        await world.ImportAsync("members", World.Csv([
            ["code", "name", "organization", "government", "email"],
            .. world.Cast.Members.Select(member => new[] { member.Code, member.Name, member.Organization, member.IsOfGovernment ? "sí" : "no", member.Mailbox }),
        ]));
        foreach (var reader in new[] { "vecina@example.org", "periodista@example.org" })
        {
            await world.Site.Public.SubmitAsync("/subscribe", "/subscribe", ("email", reader), ("consent", "yes"));
            await world.Site.SettleAsync();
            var mail = await world.Site.MailAsync(reader, mail => mail.Text.Contains("/subscribe/confirm?t=", StringComparison.Ordinal));
            await world.Site.Public.SubmitAsync(Site.LinkIn(mail, "/subscribe/confirm"), "/subscribe/confirm");
        }
    }
}
