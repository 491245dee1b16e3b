using System.ComponentModel.DataAnnotations;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Records.Documents;

namespace Registry.Api.Features.Ministers;

/// <summary>What filters on posts have to agree on, since no post could fit them otherwise.</summary>
internal static class PostFilterRules
{
    /// <summary>The sentences that do not hold.</summary>
    /// <param name="states">The states whose posts are asked for.</param>
    /// <param name="forums">The forums whose bodies' posts are asked for.</param>
    /// <param name="body">The body whose posts are asked for.</param>
    /// <param name="kinds">The kinds of post asked for.</param>
    /// <param name="instead">What to ask for in the place of a kind, by its word, that no body has.</param>
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
