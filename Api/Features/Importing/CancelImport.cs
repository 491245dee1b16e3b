using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Importing;

namespace Registry.Api.Features.Importing;

/// <summary>Cancel an import.</summary>
/// <remarks>
/// Cancels an import that has not ended. Nothing of it is kept; a partial import keeps the records written so far.
/// </remarks>
public sealed record CancelImport : IRequest
{
    /// <summary>The id of the import.</summary>
    [FromRoute]
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
