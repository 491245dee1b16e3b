using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Access;

/// <summary>
/// Refuses writes outside the scope of the caller by the path, before anything else of the request is read. What the path does
/// not say, such as a reference in the body, is checked when the record is written.
/// </summary>
internal sealed class ScopeGuard(Author author, RecordOwners owners)
{
    /// <summary>Checks the records that the path of a write names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="written">The collection of a standard operation; null for any other one.</param>
    /// <exception cref="Domain.ForbiddenException">A record is outside the scope.</exception>
    public async Task CheckAsync(HttpContext context, RecordKind? written)
    {
        var scope = author.Scope;
        if (!scope.IsLimited)
        {
            return;
        }

        if (written is not null)
        {
            scope.Check(written.Collection);
        }

        if (
            scope.Forums is not null
            && context.Request.Path.Value!.Split('/') is ["", "v1", var collection, { Length: > 0 } id, ..]
            && RecordKinds.All.FirstOrDefault(kind => kind.Collection == collection) is { } kind
            && await owners.ForumOfAsync(kind, kind.Cased(id), context.RequestAborted) is { } forum
        )
        {
            // A record without a forum is refused when it is written, and one that does not exist is not found.
            scope.Check(kind.Noun, forum);
        }
    }
}
