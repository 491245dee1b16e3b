using MediatR;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Tables;
using Registry.Infrastructure.Tables.Xlsx;

namespace Registry.Api.Formats;

/// <summary>
/// Streams a whole list as lines of JSON or rows of a table. It is read page by page, at the pace of the client, so
/// that neither memory nor a transaction grows with it. Each record that exists throughout is returned once.
/// </summary>
internal sealed class WholeListAnswer(ListQuery asked, Page first) : IResult
{
    /// <summary>The maximum number of cached names of other records, so that each is looked up once.</summary>
    private const int MaxNames = 50_000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.Headers.CacheControl = "no-cache";
        response.ContentType = asked.Answered.MediaType;
        if (asked.Answered.IsTable)
        {
            response.ContentType =
                asked.Answered == ResponseFormat.Csv
                    ? $"{MediaTypes.Csv}; charset=utf-8; header=present"
                    : MediaTypes.Xlsx;
            response.Headers.ContentDisposition = $"attachment; filename=\"{NameOf(request)}.{asked.Answered.Name}\"";
        }

        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        // An error from here on aborts the connection, so that the client does not take a part for the whole.
        if (asked.Answered.IsTable)
        {
            await WriteTableAsync(httpContext);
        }
        else
        {
            await WriteLinesAsync(httpContext);
        }
    }

    private static string NameOf(HttpRequest request) => request.Path.Value!.TrimEnd('/').Split('/')[^1];

    private async Task WriteTableAsync(HttpContext context)
    {
        var shape = CsvShape.Of(asked.Item!);
        if (asked.Fields is not null)
        {
            shape = shape.Only(asked.Fields);
        }

        var body = context.Response.Body;
        await using ITableLines table =
            asked.Answered == ResponseFormat.Csv
                ? new CsvLines(body, shape, asked.Bom == true)
                : new XlsxLines(body, shape, NameOf(context.Request));
        var beside = context.RequestServices.GetRequiredService<NamesBeside>();
        var names = new Dictionary<RecordName, string?>();
        await table.WriteHeaderAsync(context.RequestAborted);
        await foreach (var page in PagesAsync(context))
        {
            if (names.Count > MaxNames)
            {
                names.Clear();
            }

            await beside.AddAsync(names, page.Items.SelectMany(shape.NamedIn), asked.KnownAt, context.RequestAborted);
            foreach (var item in page.Items)
            {
                await table.WriteAsync(item, names.GetValueOrDefault, context.RequestAborted);
            }

            await table.FlushAsync(context.RequestAborted);
        }

        await table.FinishAsync(context.RequestAborted);
    }

    private async Task WriteLinesAsync(HttpContext context)
    {
        var lines = StreamedText.To(context.Response);
        await foreach (var page in PagesAsync(context))
        {
            foreach (var item in asked.Chosen(page).Items)
            {
                await lines.WriteAsync(item.AsMemory(), context.RequestAborted);
                await lines.WriteAsync('\n');
            }

            await lines.FlushAsync(context.RequestAborted);
        }
    }

    private IAsyncEnumerable<Page> PagesAsync(HttpContext context) => WholeList.PagesAsync(context, asked, first);
}

/// <summary>Reads whole lists.</summary>
internal static class WholeList
{
    /// <summary>The pages of the requested list, from the first one.</summary>
    public static async IAsyncEnumerable<Page> PagesAsync(HttpContext context, ListQuery asked, Page first)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        var database = context.RequestServices.GetRequiredService<RegistryDatabase>();
        var ahead = new IdsAhead();
        for (var page = first; ; )
        {
            yield return page;
            if (page.Cursor is null)
            {
                break;
            }

            var next = (IRequest<Page>)(asked with { Place = page.Cursor, Ahead = ahead });
            var giveBack = ahead.Mark();
            page = await database.InOneStateAsync(
                () =>
                {
                    // It is called again after a transient fault.
                    giveBack();
                    return mediator.Send(next, context.RequestAborted);
                },
                cancellationToken: context.RequestAborted
            );
        }
    }
}
