using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Domain.States;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Importing;

/// <summary>Start an import.</summary>
/// <remarks>
/// Imports records from a file: lines of JSON in the form of the export, rows of CSV or of a workbook (xlsx), or a
/// Popolo document. All records are kept or none, unless the import is partial. The response comes as soon as the
/// file is received; get the import to see its progress.
/// </remarks>
public sealed partial record StartImport : IRequest<StartedImport>
{
    /// <summary>The maximum time that a response waits for the end of an import, in seconds.</summary>
    public const int MaxWaitSeconds = 30;

    /// <summary>The id of the import; the registry makes one when absent.</summary>
    [FromQuery, StringLength(Slug.MaxLength, MinimumLength = Slug.MinLength)]
    [RegularExpression(Slug.Pattern, ErrorMessage = Slug.Sentence)]
    public string? Id { get; init; }

    /// <summary>
    /// The collection of the rows, for CSV and workbooks. In a workbook, the sheet with that name is read, otherwise
    /// the first one that is not empty.
    /// </summary>
    [FromQuery]
    public ImportedRecords? Collection { get; init; }

    /// <summary>
    /// For a Popolo document, the code of the state whose legislature and government it describes. Memberships in them
    /// are imported as appointments, to a post of the state for each role; they are left out when the code is absent.
    /// </summary>
    [FromQuery, RegularExpression(StateCode.Pattern, ErrorMessage = StateCode.Sentence)]
    public string? State { get; init; }

    /// <summary>True for a dry run, which writes nothing.</summary>
    [FromQuery]
    public bool? DryRun { get; init; }

    /// <summary>True for a partial import, which keeps the records that are not refused.</summary>
    [FromQuery]
    public bool? Partial { get; init; }

    /// <summary>
    /// With <c>wait=10</c>, the response waits up to that many seconds, at most 30, for the import to end (RFC 7240).
    /// </summary>
    [FromHeader(Name = "Prefer"), StringLength(200)]
    public string? Prefer { get; init; }

    internal Upload? File { get; set; }

    internal static IReadOnlyList<string> MediaTypes { get; } =
    [Http.MediaTypes.NdJson, Http.MediaTypes.Csv, Http.MediaTypes.Xlsx, Http.MediaTypes.Json];

    internal TimeSpan? Wait =>
        Prefer is not null
        && WaitPreference().Match(Prefer) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaxWaitSeconds))
            : null;

    /// <exception cref="InvalidRequestException">The collection is missing, or is given although the file names it.</exception>
    internal ImportOrder ToOrder(Author author, AuditOrigin origin)
    {
        var form = File!.MediaType switch
        {
            Http.MediaTypes.Csv => ImportForm.Csv,
            Http.MediaTypes.Xlsx => ImportForm.Xlsx,
            Http.MediaTypes.Json => ImportForm.Popolo,
            _ => ImportForm.Ndjson,
        };
        if (State is not null && form != ImportForm.Popolo)
        {
            throw InvalidRequestException.Of("state", "It is available only with a Popolo document.");
        }

        var isTable = form is ImportForm.Csv or ImportForm.Xlsx;
        return isTable == Collection is not null
            ? new()
            {
                Id = Id,
                Form = form,
                Collection = Collection?.Collection,
                Encoding = File.Encoding,
                State = State,
                DryRun = DryRun ?? false,
                Partial = Partial ?? false,
                Actor = author.Name,
                Reason = author.Reason,
                Scope = author.Scope,
                Origin = origin,
            }
            : throw InvalidRequestException.Of(
                "collection",
                isTable
                    ? "It is required with CSV and workbooks."
                    : "It is available only with CSV and workbooks; other files name the collection."
            );
    }

    [GeneratedRegex(@"(?:^|[,;])\s*wait\s*=\s*""?([0-9]{1,6})""?\s*(?:$|[,;])", RegexOptions.IgnoreCase)]
    private static partial Regex WaitPreference();
}

/// <summary>The collections whose records can be imported.</summary>
public readonly record struct ImportedRecords(string Collection) : ICollectionWord<ImportedRecords>
{
    /// <inheritdoc/>
    public static IReadOnlyList<string> All { get; } = RecordKinds.Collections;

    /// <inheritdoc/>
    public static ImportedRecords Parse(string collection) => new(collection);
}

/// <summary>An import that was received.</summary>
/// <param name="Import">The current import.</param>
/// <param name="Waited">True when the client asked to wait for the end.</param>
public sealed record StartedImport(ImportModel Import, bool Waited);

internal sealed class StartImportHandler(ImportDesk desk, Author author, AuditLog audit)
    : IRequestHandler<StartImport, StartedImport>
{
    public async Task<StartedImport> Handle(StartImport request, CancellationToken cancellationToken)
    {
        var import = await desk.ReceiveAsync(
            request.ToOrder(author, audit.Origin),
            request.File!.Body,
            cancellationToken
        );
        if (request.Wait is { } wait)
        {
            await Task.WhenAny(import.Ended, Task.Delay(wait, cancellationToken));
        }

        return new(ImportModel.Of(await desk.GetAsync(import.Id, cancellationToken)), Waited: request.Wait is not null);
    }
}

/// <summary>Writes the import with its address: 201 when it ended while the request waited, 202 while it continues.</summary>
internal sealed class ImportAnswer(StartedImport started) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var ended = started.Import.Ended is not null;
        response.StatusCode = started.Waited && ended ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        response.Headers.Location = $"{httpContext.Request.PathBase}/v1/imports/{started.Import.Id}";
        response.Headers.CacheControl = "no-store";
        if (started.Waited)
        {
            response.Headers["Preference-Applied"] = "wait";
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(started.Import, RegistryJson.Options);
        response.ContentType = MediaTypes.Json;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
