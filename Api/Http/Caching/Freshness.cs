using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;

namespace Registry.Api.Http.Caching;

/// <summary>
/// Validates responses that are not one version of a record: lists, and results computed from several records. Such a
/// response is valid as long as nothing at all is written.
/// </summary>
/// <remarks>
/// A condition counts only when the response without it is 200 (RFC 9110, 13.2.1). A client has the tag of this address only
/// from a response 200, and while the tag is current, nothing has changed since; so 304 needs no statement. Whether an
/// asterisk is fulfilled is known only when the response is there.
/// </remarks>
internal static class Freshness
{
    /// <summary>Sets the weak entity tag; true, with status 304, when the client names it as the response that it has.</summary>
    public static bool IsNamed(HttpContext context, Question question, CacheStamp stamp)
    {
        if (question is RecordRead)
        {
            return false;
        }

        var tag = stamp.Tag;
        context.Response.Headers.ETag = tag.ToString();
        if (!Conditions.Names(context.Request, tag))
        {
            return false;
        }

        SetNotModified(context.Response);
        return true;
    }

    /// <summary>True, with status 304, when the client has any response, and this one is a success.</summary>
    public static bool IsAny(HttpContext context, Question question)
    {
        if (question is RecordRead || !Conditions.NamesAny(context.Request))
        {
            return false;
        }

        SetNotModified(context.Response);
        return true;
    }

    private static void SetNotModified(HttpResponse response)
    {
        response.Headers.CacheControl = "no-cache";
        response.StatusCode = StatusCodes.Status304NotModified;
    }
}
