using System.Net.Mail;
using System.Text;
using FluentValidation;
using Microsoft.Extensions.Localization;
using OpenGov.Functions.Cycles;

namespace OpenGov.Functions.Proposals;

/// <summary>What a proposal must be. Messages are in the current language and say what to do.</summary>
public sealed class ProposalRules : AbstractValidator<ProposalInput>
{
    private const int LongestEmail = 254;
    private const int LongestPhone = 30;

    public ProposalRules(Cycle cycle, IStringLocalizer<ProposalTexts> texts)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(input => input.Title)
            .NotEmpty().WithMessage(texts["TitleMissing"])
            .Must(BeOneLine).WithMessage(texts["OneLine"])
            .Must(title => HasAtMost(title, ProposalContent.TitleLength)).WithMessage(texts["TooLong", ProposalContent.TitleLength]);
        RuleFor(input => input.Problem)
            .NotEmpty().WithMessage(texts["ProblemMissing"])
            .Must(text => HasAtMost(text, ProposalContent.TextLength)).WithMessage(texts["TooLong", ProposalContent.TextLength]);
        RuleFor(input => input.Proposal)
            .Must(text => HasAtMost(text, ProposalContent.TextLength)).WithMessage(texts["TooLong", ProposalContent.TextLength]);
        RuleFor(input => input.Territory)
            .Must(code => code is null || cycle.Territories.Any(territory => territory.Code == code)).WithMessage(texts["TerritoryUnknown"]);
        RuleFor(input => input.Channel).Must(channel => Choices.Channels.Contains(channel)).WithMessage(texts["ChannelUnknown"]);
        RuleFor(input => input.Language).Must(language => language is null || Web.Language.All.Contains(language)).WithMessage(texts["LanguageUnknown"]);
        RuleFor(input => input.Consent).Equal(true).WithMessage(texts["ConsentMissing"]);
        OneLine(input => input.Institution, texts);
        OneLine(input => input.Author!.Name, texts);
        OneLine(input => input.Author!.Organization, texts);
        RuleFor(input => input.Author!.Sector)
            .Must(sector => sector is null || Choices.Sectors.Contains(sector)).WithMessage(texts["SectorUnknown"]);
        RuleFor(input => input.Author!.Email)
            .Must(email => email is null || IsAddress(email)).WithMessage(texts["EmailMalformed"]);
        RuleFor(input => input.Author!.Phone)
            .Must(phone => phone is null || IsTelephone(phone))
            .WithMessage(texts["PhoneMalformed"]);
    }

    public static bool IsTelephone(string text) =>
        text.Length <= LongestPhone && text.All(symbol => char.IsAsciiDigit(symbol) || " +-()/.".Contains(symbol));

    public static bool HasAtMost(string? text, int codePoints) => text is null || text.EnumerateRunes().Count() <= codePoints;

    private void OneLine(System.Linq.Expressions.Expression<Func<ProposalInput, string?>> field, IStringLocalizer texts) => RuleFor(field)
        .Must(BeOneLine).WithMessage(texts["OneLine"])
        .Must(text => HasAtMost(text, ProposalContent.LineLength)).WithMessage(texts["TooLong", ProposalContent.LineLength]);

    private static bool BeOneLine(string? text) => text is null || text.AsSpan().IndexOfAny('\r', '\n') < 0;

    private static bool IsAddress(string text) =>
        text.Length <= LongestEmail && BeOneLine(text) && !text.Contains(' ', StringComparison.Ordinal)
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
