using Registry.Infrastructure;

namespace Registry.Api.Http;

/// <summary>A page of a list with the records that its items name.</summary>
internal sealed class ExpandedAnswer(Page page, ListQuery asked, IEnumerable<RecordName> named) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var inclusions = httpContext.RequestServices.GetRequiredService<Inclusions>();
        var included = await inclusions.ReadAsync(named, asked.KnownAt, httpContext.RequestAborted);
        await new PageAnswer(asked.Chosen(page), included).ExecuteAsync(httpContext);
    }
}
