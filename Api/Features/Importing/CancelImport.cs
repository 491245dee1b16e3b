using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Infrastructure.Importing;

namespace Registry.Api.Features.Importing;

/// <summary>Cancels an import that has not ended: nothing of it is kept, or of a partial one what is done by then.</summary>
public sealed record CancelImport : IRequest
{
    /// <summary>The id of the import.</summary>
    [FromRoute, Spelled]
    public string Id { get; init; } = "";
}

internal sealed class CancelImportHandler(ImportDesk desk) : IRequestHandler<CancelImport>
{
    public async Task<Unit> Handle(CancelImport request, CancellationToken cancellationToken)
    {
        await desk.CancelAsync(request.Id, cancellationToken);
        return Unit.Value;
    }
}
