using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Provenance;

/// <summary>Create a source.</summary>
public sealed record CreateSource : IRequest<StoredRecord>
{
    /// <summary>The source.</summary>
    [FromBody, Required]
    public SourceDocument? Document { get; init; }
}

internal sealed class CreateSourceHandler(Ledger ledger, SourceStore sources)
    : IRequestHandler<CreateSource, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateSource request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => sources.CreateAsync(session, request.Document!), cancellationToken);
}
