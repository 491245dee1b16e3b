using Registry.Api.Http.Caching;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Formats;

/// <summary>Writes a page of a list with the records that its items refer to.</summary>
internal sealed class ExpandedAnswer(Page page, ListQuery asked, IEnumerable<RecordName> named) : IRendered
{
    public async Task ExecuteAsync(HttpContext httpContext) =>
        await (await RenderAsync(httpContext)).WriteAsync(httpContext);

    public async ValueTask<Rendered> RenderAsync(HttpContext context)
    {
        var inclusions = context.RequestServices.GetRequiredService<Inclusions>();
        var included = await inclusions.ReadAsync(named, asked.KnownAt, context.RequestAborted);
        return await new PageAnswer(asked.Chosen(page), included).RenderAsync(context);
    }
}
