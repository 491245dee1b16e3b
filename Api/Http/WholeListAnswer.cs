using System.Text;
using MediatR;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Http;

/// <summary>
/// A list whole, as lines of JSON or rows of CSV. It is read page by page, as fast as the caller takes it, so that neither
/// memory nor a transaction grows with it: each record that is there all the while is given once.
/// </summary>
internal sealed class WholeListAnswer<TRequest>(TRequest asked, Page first) : IResult
    where TRequest : ListQuery, IRequest<Page>
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.CacheControl = "no-cache";
        response.ContentType = asked.Answered.MediaType;
        if (asked.Answered == Form.Csv)
        {
            response.ContentType = $"{MediaTypes.Csv}; charset=utf-8; header=present";
            response.Headers.ContentDisposition =
                $"attachment; filename=\"{request.Path.Value!.TrimEnd('/').Split('/')[^1]}.csv\"";
        }

        if (RecordAnswer.IsHead(request))
        {
            return;
        }

        // An error from here on breaks the connection off, so that nobody takes a part for the whole.
        if (asked.Answered == Form.Csv)
        {
            await WriteTableAsync(httpContext);
        }
        else
        {
            await foreach (var page in PagesAsync(httpContext))
            {
                await WriteLinesAsync(response.Body, asked.Chosen(page).Items, httpContext.RequestAborted);
            }
        }
    }

    private async Task WriteTableAsync(HttpContext context)
    {
        var shape = CsvShape.Of(asked.Item!);
        await using var table = new CsvLines(
            context.Response.Body,
            asked.Fields is null ? shape : shape.Only(asked.Fields)
        );
        await table.WriteHeaderAsync(context.RequestAborted);
        await foreach (var page in PagesAsync(context))
        {
            foreach (var item in page.Items)
            {
                await table.WriteAsync(item, context.RequestAborted);
            }

            await table.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task WriteLinesAsync(
        Stream body,
        IEnumerable<string> items,
        CancellationToken cancellationToken
    )
    {
        using var lines = new MemoryStream();
        foreach (var item in items)
        {
            lines.Write(Encoding.UTF8.GetBytes(item));
            lines.Write(LineEnd);
        }

        await body.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    private IAsyncEnumerable<Page> PagesAsync(HttpContext context) => WholeList.PagesAsync(context, asked, first);
}

/// <summary>Reads lists to their ends.</summary>
internal static class WholeList
{
    /// <summary>The pages of the list that was asked for, from the first one on.</summary>
    public static async IAsyncEnumerable<Page> PagesAsync<TRequest>(HttpContext context, TRequest asked, Page first)
        where TRequest : ListQuery, IRequest<Page>
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        for (var page = first; ; )
        {
            yield return page;
            if (page.Cursor is null)
            {
                break;
            }

            var next = (TRequest)(object)((ListQuery)asked with { Place = page.Cursor });
            page = await mediator.Send(next, context.RequestAborted);
        }
    }
}
