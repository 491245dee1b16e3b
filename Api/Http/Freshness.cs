using Microsoft.Net.Http.Headers;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Database;

namespace Registry.Api.Http;

/// <summary>
/// Tells whether the caller holds an answer already that no version of one record stands for: a list, or what is worked out
/// from several records. Such an answer is good as long as nothing at all was written.
/// </summary>
internal static class Freshness
{
    /// <summary>Another build may answer in other words.</summary>
    private static readonly string Build = $"{typeof(Freshness).Module.ModuleVersionId:N}"[..8];

    /// <summary>Gives the answer its weak entity tag; true when the caller holds it, who is told so.</summary>
    /// <exception cref="InvalidRequestException">The request is not valid.</exception>
    public static async Task<bool> IsHeldAsync<TRequest>(HttpContext context, TRequest request, Form form)
    {
        // A question asked by POST is in its body, which no tag here tells apart.
        if (
            !HttpMethods.IsGet(context.Request.Method) && !RecordAnswer.IsHead(context.Request)
            || request is not Question question
            || request is RecordRead or PresentListQuery
        )
        {
            return false;
        }

        // Read before the answer is: what is written between the two makes the tag older than the answer, never newer.
        var services = context.RequestServices;
        var sequence = await services.GetRequiredService<Ledger>().LastSequenceAsync(context.RequestAborted);

        // Some answers are those of today where the caller names no day.
        var today = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var tag = new EntityTagHeaderValue($"\"{sequence}-{today:yyyyMMdd}-{form.Name}-{Build}\"", isWeak: true);
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
