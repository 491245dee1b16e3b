using Registry.Api.Pipeline;

namespace Registry.Api.Http;

/// <summary>
/// Tells whether the caller holds an answer already that no version of one record stands for: a list, or what is worked out
/// from several records. Such an answer is good as long as nothing at all was written.
/// </summary>
internal static class Freshness
{
    /// <summary>Gives the answer its weak entity tag; true when the caller holds it, who is told so.</summary>
    /// <exception cref="InvalidRequestException">The request is not valid.</exception>
    public static bool IsHeld(HttpContext context, Question question, Moment moment)
    {
        if (question is RecordRead)
        {
            return false;
        }

        var tag = moment.Tag;
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
