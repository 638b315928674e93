using Microsoft.Extensions.Localization;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Web;

namespace OpenGov.Functions.Staff;

/// <summary>Lets in who is signed in and may do it. Every function of the console begins here.</summary>
public sealed class StaffGate(SessionStore sessions, SessionCookie cookie, StaffDirectory directory, StaffNames names, Site site, IStringLocalizer<StaffTexts> texts)
{
    private static readonly object MemberItem = new();

    /// <summary>
    /// The member, or what to answer instead: who is not signed in gets 401 (API) or the way to the sign-in page;
    /// 403 where another site's page sent a change, or the role is too low.
    /// </summary>
    /// <param name="leastRole">Organisers may do everything, secretaries what concerns the forum, readers read.</param>
    public async Task<Admission> RequireAsync(HttpRequest request, StaffRole leastRole, CancellationToken cancel) =>
        await FindAsync(request, cancel) is { } member ? Admit(member, request, leastRole) : new Admission(IsApi(request)
            ? Problems.Of(StatusCodes.Status401Unauthorized, "not-signed-in", texts["NotSignedIn"])
            : Page.See(request.HttpContext.Response, "/staff"));

    /// <summary>
    /// The same for a page's form, which is read within <paramref name="limit"/> bytes once the member is let in. Whose
    /// session ended while he typed gets back what he typed.
    /// </summary>
    public async Task<Admission> RequireFormAsync(HttpRequest request, StaffRole leastRole, int limit, CancellationToken cancel)
    {
        if (await FindAsync(request, cancel) is not { } member)
        {
            return new Admission(RequestOrigin.IsOurs(request, site) ? await SessionEnded.AnswerAsync(request, limit, cancel) : Page.See(request.HttpContext.Response, "/staff"));
        }
        var admission = Admit(member, request, leastRole);
        return admission.Refusal is not null ? admission
            : await Body.ReadFormAsync(request, limit, cancel) is { } form ? new Admission(admission.Member, admission.Actor, form)
            : new Admission(Page.Error(Body.StatusWithoutForm(request)));
    }

    /// <summary>Who is signed in, or null. The role is looked up each time: who leaves the setting is out at once.</summary>
    public async Task<StaffMember?> FindAsync(HttpRequest request, CancellationToken cancel)
    {
        if (cookie.Read(request) is not { } key || await sessions.FindAsync(key, cancel) is not { } session
            || directory.Find(session.Address) is not { } member)
        {
            return null;
        }
        request.HttpContext.Items[MemberItem] = member;
        return member;
    }

    /// <summary>For pages: who was let in on this request.</summary>
    public static StaffMember? MemberOf(HttpContext? http) => http?.Items[MemberItem] as StaffMember;

    public static bool MayAct(StaffMember? member, StaffRole leastRole) => member is not null && member.Role <= leastRole;

    private Admission Admit(StaffMember member, HttpRequest request, StaffRole leastRole)
    {
        if (RequestOrigin.ChangesSomething(request) && !RequestOrigin.IsOurs(request, site))
        {
            return new Admission(IsApi(request)
                ? Problems.Of(StatusCodes.Status403Forbidden, "forbidden", texts["OriginRefused"])
                : Page.Error(StatusCodes.Status403Forbidden));
        }
        return MayAct(member, leastRole) ? new Admission(member, names.ActorOf(member)) : new Admission(IsApi(request)
            ? Problems.Of(StatusCodes.Status403Forbidden, "forbidden", texts["RoleTooLow"])
            : Page.Of<RoleTooLowPage>(StatusCodes.Status403Forbidden));
    }

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api");
}

/// <summary>Who was let in, or the answer for who was not.</summary>
public sealed class Admission
{
    private readonly StaffMember? member;
    private readonly string? actor;
    private readonly IFormCollection? form;

    public Admission(StaffMember member, string actor, IFormCollection? form = null) => (this.member, this.actor, this.form) = (member, actor, form);

    public Admission(IResult refusal) => Refusal = refusal;

    public IResult? Refusal { get; }

    public StaffMember Member => member ?? throw new InvalidOperationException("Nobody was let in.");

    /// <summary>The member for the record: role and fingerprint, no address.</summary>
    public string Actor => actor ?? throw new InvalidOperationException("Nobody was let in.");

    /// <summary>What was sent, where a form was asked for.</summary>
    public IFormCollection Form => form ?? throw new InvalidOperationException("No form was asked for.");
}
