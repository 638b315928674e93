using System.Text.Json;
using OpenGov.Functions.Emails;

namespace OpenGov.Functions.Requests;

/// <summary>A mail about one request, whose model names it as <c>id</c>: staff find it from the mail.</summary>
public interface IRequestMail : IMailWriter
{
    string? IMailWriter.StaffPath(JsonElement model) => $"/staff/requests/{model.GetProperty("id").GetString()}";
}
