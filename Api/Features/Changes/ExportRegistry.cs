using System.Buffers;
using System.Text.Json;
using MediatR;
using Registry.Api.Http;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Changes;

/// <summary>Export the registry.</summary>
/// <remarks>Exports the whole registry as of one change, as lines of JSON.</remarks>
public sealed record ExportRegistry : IRequest<RegistryExport>;

/// <summary>The registry as of one change, read in parts.</summary>
/// <param name="State">The change.</param>
/// <param name="Read">Reads the records.</param>
public sealed record RegistryExport(RegistryState State, Func<CancellationToken, IAsyncEnumerable<ExportPage>> Read);

internal sealed class ExportRegistryHandler(ExportReads exports) : IRequestHandler<ExportRegistry, RegistryExport>
{
    public async Task<RegistryExport> Handle(ExportRegistry request, CancellationToken cancellationToken)
    {
        var state = await exports.HeadAsync(cancellationToken);
        return new RegistryExport(state, token => exports.ReadAsync(state, token));
    }
}

/// <summary>Streams an export to the client, at the pace of the client.</summary>
internal sealed class ExportAnswer(RegistryExport export) : IResult
{
    private const int WrittenAtOnce = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        response.ContentType = MediaTypes.NdJson;
        response.Headers.CacheControl = "no-cache";
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        // An error from here on aborts the connection, so that the client does not take a part for the whole.
        await WriteAsync(response.Body, httpContext.RequestAborted);
    }

    /// <summary>Writes the lines.</summary>
    public async Task WriteAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * WrittenAtOnce);
        await using var json = new Utf8JsonWriter(buffer, Addresses.Readable);
        json.WriteStartObject();
        json.WriteNumber("sequence", export.State.Sequence);
        json.WritePropertyName("instant");
        JsonSerializer.Serialize(json, export.State.Instant, RegistryJson.Options);
        json.WriteEndObject();
        EndLine();
        await PassOnAsync();
        await foreach (var page in export.Read(cancellationToken))
        {
            foreach (var stored in page.Records)
            {
                WriteRecord(page.Collection, stored);
                if (buffer.WrittenCount > WrittenAtOnce)
                {
                    await PassOnAsync();
                }
            }
        }

        await PassOnAsync();

        void WriteRecord(string collection, StoredRecord stored)
        {
            json.WriteStartObject();
            json.WriteString("collection", collection);
            json.WriteString("id", stored.Id);
            json.WriteNumber("version", stored.Version);
            json.WritePropertyName("record");
            json.WriteRawValue(stored.Record, skipInputValidation: true);
            json.WriteEndObject();
            EndLine();
        }

        void EndLine()
        {
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        async Task PassOnAsync()
        {
            await body.WriteAsync(buffer.WrittenMemory, cancellationToken);
            await body.FlushAsync(cancellationToken);
            buffer.ResetWrittenCount();
        }
    }
}
