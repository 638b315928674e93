using NodaTime;

namespace OpenGov.Functions.Proposals.Paper;

public enum BatchState { Draft, Registering, Registered }

/// <summary>A file of one session's paper forms, kept until they are registered: nothing that was typed is lost on the way.</summary>
/// <param name="Id">Derived from the session and the file: the same file again is the same batch.</param>
/// <param name="Session">The channel in whose session the forms were handed in.</param>
/// <param name="ConsentDeclared">The clerk declared that every form is signed.</param>
/// <param name="Registered">How many rows are proposals by now.</param>
public sealed record PaperBatch(
    string Id, string Session, string? File, int Rows, bool ConsentDeclared, Instant CreatedAt, string CreatedBy,
    BatchState State = BatchState.Draft, int Registered = 0)
{
    public const int IdLength = 16;

    /// <summary>Rows hold personal data: they are not kept longer than somebody may come back to them.</summary>
    public static readonly Duration Life = Duration.FromDays(30);
}

/// <summary>A row that became a proposal, for its slip.</summary>
public sealed record RegisteredRow(int Row, string? Reference, string Code, string Title);
