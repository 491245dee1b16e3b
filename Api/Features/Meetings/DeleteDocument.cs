using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Delete a document.</summary>
/// <remarks>
/// A tombstone takes the place of the record: its versions stay in the history, and it can be restored.
/// </remarks>
public sealed record DeleteDocument : RecordChange, IRequest
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class DeleteDocumentHandler(Ledger ledger, DocumentStore documents)
    : DeleteHandler<DeleteDocument, Document, OfficialDocument>(ledger, documents);
