using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;

namespace Registry.Bench.Servers;

/// <summary>
/// What the product is measured against: the least that a careful hand writes to serve the same records from the same file.
/// No middleware, no validation, no history; open connections, prepared statements, rows to objects, JSON by generated code.
/// </summary>
internal static class YardstickProgram
{
    private const int WrittenAtOnce = 32 * 1024;

    private static readonly byte[] Text = "The least that can be served."u8.ToArray();

    /// <summary>Serves until it is told to end.</summary>
    public static Task RunAsync(string file, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var idle = new ConcurrentBag<YardstickReader>();

        app.MapGet(Yardstick.Plain, (RequestDelegate)(context => Send(context, "text/plain", Text)));

        app.MapGet(
            "/memberships/{id}",
            async context =>
            {
                using var reader = YardstickReader.Take(file, idle);
                if (reader.Item((string)context.Request.RouteValues["id"]!) is not { } record)
                {
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return;
                }

                reader.Write(record);
                await Send(context, "application/json", reader.Buffer.WrittenMemory);
            }
        );

        app.MapGet(
            "/memberships",
            async context =>
            {
                using var reader = YardstickReader.Take(file, idle);
                var query = context.Request.Query;
                var limit = int.Parse(query["limit"].ToString(), CultureInfo.InvariantCulture);
                reader.Write(reader.List(query["forum"].ToString(), query["after"].ToString(), limit));
                await Send(context, "application/json", reader.Buffer.WrittenMemory);
            }
        );

        app.MapGet(
            Yardstick.Export,
            async context =>
            {
                using var reader = YardstickReader.Take(file, idle);
                context.Response.ContentType = "application/x-ndjson";
                foreach (var record in reader.All())
                {
                    reader.Write(record);
                    reader.Buffer.Write("\n"u8);
                    if (reader.Buffer.WrittenCount > WrittenAtOnce)
                    {
                        await context.Response.BodyWriter.WriteAsync(reader.Buffer.WrittenMemory);
                        reader.Buffer.ResetWrittenCount();
                    }
                }

                await context.Response.BodyWriter.WriteAsync(reader.Buffer.WrittenMemory);
            }
        );

        return app.RunAsync();
    }

    private static async Task Send(HttpContext context, string type, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body);
    }
}
