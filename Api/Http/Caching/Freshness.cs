using Registry.Api.Http.Lists;
using Registry.Api.Http.Problems;
using Registry.Api.Http.Requests;

namespace Registry.Api.Http.Caching;

/// <summary>
/// Validates responses that are not one version of a record: lists, and results computed from several records. Such a
/// response is valid as long as nothing at all is written.
/// </summary>
internal static class Freshness
{
    /// <summary>Sets the weak entity tag; true, with status 304, when the client has the current response.</summary>
    /// <exception cref="InvalidRequestException">The request is not valid.</exception>
    public static bool IsHeld(HttpContext context, Question question, CacheStamp stamp)
    {
        if (question is RecordRead)
        {
            return false;
        }

        var tag = stamp.Tag;
        context.Response.Headers.ETag = tag.ToString();
        if (!Conditions.Holds(context.Request, tag))
        {
            return false;
        }

        var errors = new FieldErrors();
        Annotations.Check(question, "", errors);
        errors.ThrowIfAny();
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
