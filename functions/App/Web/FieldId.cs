using System.Text;

namespace OpenGov.Functions.Web;

public static class FieldId
{
    /// <summary>The id of a form's field on its page: "items[C-01].reasons" is "items-C-01-reasons".</summary>
    public static string Of(string name) => new StringBuilder(name).Replace('[', '-').Replace("]", "").Replace('.', '-').ToString();
}
