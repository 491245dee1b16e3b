using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Create a document.</summary>
public sealed record CreateDocument : IRequest<StoredRecord>
{
    /// <summary>The document.</summary>
    [FromBody, Required]
    public OfficialDocument? Document { get; init; }
}

internal sealed class CreateDocumentHandler(Ledger ledger, DocumentStore documents)
    : IRequestHandler<CreateDocument, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateDocument request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => documents.CreateAsync(session, request.Document!), cancellationToken);
}
