using System.ComponentModel.DataAnnotations;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Ministers;

/// <summary>Refuses combinations of filters that no post can match.</summary>
internal static class PostFilterRules
{
    /// <summary>Lists the errors.</summary>
    /// <param name="states">The requested states.</param>
    /// <param name="forums">The requested forums, for the posts of their bodies.</param>
    /// <param name="body">The requested body.</param>
    /// <param name="kinds">The requested kinds.</param>
    /// <param name="instead">Makes the message for a kind that no body has, with the request to send instead.</param>
    public static IEnumerable<ValidationResult> Broken(
        IReadOnlyList<string>? states,
        IReadOnlyList<string>? forums,
        string? body,
        IReadOnlyList<PostKind>? kinds,
        Func<string, string> instead
    )
    {
        if (forums is null && body is null)
        {
            yield break;
        }

        if (states is not null)
        {
            yield return new ValidationResult(
                "It cannot be combined with state: a post belongs to a state or to a body of a forum, never to both.",
                [forums is not null ? "forum" : "body"]
            );
        }

        foreach (var kind in kinds ?? [])
        {
            if (kind.IsOfStatesAlone())
            {
                yield return new ValidationResult(instead(Words.Of(kind)), ["kind"]);
                yield break;
            }
        }
    }
}
