using System.Text.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Features.Importing;

/// <summary>List imports.</summary>
/// <remarks>By default, imports whose id was made by the registry are listed newest first.</remarks>
public sealed record ListImports : PresentListQuery, IRequest<Page>
{
    /// <summary>Only imports with this status.</summary>
    [FromQuery]
    public ImportStatus? Status { get; init; }

    internal override IReadOnlyList<string> Sorts => ["id"];

    internal override string DefaultSort => "-id";
}

internal sealed class ListImportsHandler(ImportStore imports) : IRequestHandler<ListImports, Page>
{
    public async Task<Page> Handle(ListImports request, CancellationToken cancellationToken)
    {
        var page = await imports.ListAsync(
            request.ToRequest(new ImportFilters { Status = request.Status is { } status ? Words.Of(status) : null }),
            cancellationToken
        );
        return request.ToPage(page, row => JsonSerializer.Serialize(ImportModel.Of(row), RegistryJson.Options));
    }
}
