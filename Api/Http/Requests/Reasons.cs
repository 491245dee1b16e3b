using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Http.Requests;

/// <summary>The header X-Reason: the reason for a write, kept in the history.</summary>
internal static class Reasons
{
    public const string Header = "X-Reason";

    /// <exception cref="InvalidRequestException">The header is blank, too long or repeated.</exception>
    public static void Note(HttpContext context)
    {
        if (context.Request.Headers[Header] is not { Count: > 0 } given)
        {
            return;
        }

        if (given is not [{ } reason] || string.IsNullOrWhiteSpace(reason) || reason.Length > Author.MaxReasonLength)
        {
            throw InvalidRequestException.Of(Header, $"It is a text of 1 to {Author.MaxReasonLength} characters.");
        }

        context.RequestServices.GetRequiredService<Author>().Reason = reason;
    }
}
