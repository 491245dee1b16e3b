using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Importing;

namespace Registry.Api.Features.Importing;

/// <summary>Get an import.</summary>
/// <remarks>The import includes its progress.</remarks>
public sealed record GetImport : IRequest<ImportModel>
{
    /// <summary>The id of the import.</summary>
    [FromRoute]
    public string Id { get; init; } = "";
}

internal sealed class GetImportHandler(ImportDesk desk) : IRequestHandler<GetImport, ImportModel>
{
    public async Task<ImportModel> Handle(GetImport request, CancellationToken cancellationToken) =>
        ImportModel.Of(await desk.GetAsync(request.Id, cancellationToken));
}
