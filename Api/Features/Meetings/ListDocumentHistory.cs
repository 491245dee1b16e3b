using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Tells every version of a document: who wrote it, when and why, and what it changed.</summary>
public sealed record ListDocumentHistory : RecordHistory
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class ListDocumentHistoryHandler(DocumentReads documents)
    : HistoryHandler<ListDocumentHistory>(documents);
