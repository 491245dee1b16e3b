using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Importing;

/// <summary>List the rows of an import.</summary>
/// <remarks>
/// Each row is the result of one record, in the order of the file. Rows are listed once the import has ended; a
/// partial import lists those processed so far.
/// </remarks>
public sealed record ListImportRows : PresentListQuery, IRequest<Page>
{
    /// <summary>The id of the import.</summary>
    [FromRoute(Name = "id")]
    public string Import { get; init; } = "";

    /// <summary>Only rows with this result.</summary>
    [FromQuery]
    public RowResult? Result { get; init; }

    internal override IReadOnlyList<string> Sorts => ["line"];
}

internal sealed class ListImportRowsHandler(ImportStore imports) : IRequestHandler<ListImportRows, Page>
{
    public async Task<Page> Handle(ListImportRows request, CancellationToken cancellationToken)
    {
        var page = await imports.RowsAsync(
            request.Import,
            request.ToRequest(
                new ImportRowFilters
                {
                    Import = request.Import,
                    Result = request.Result is { } result ? Words.Of(result) : null,
                }
            ),
            cancellationToken
        );
        return request.ToPage(page, row => JsonSerializer.Serialize(ImportRowModel.Of(row), RegistryJson.Options));
    }
}
