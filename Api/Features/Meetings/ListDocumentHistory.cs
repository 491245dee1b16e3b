using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>List the versions of a document.</summary>
/// <remarks>Each version has its author, its time, its reason and what it changed.</remarks>
public sealed record ListDocumentHistory : RecordHistory
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class ListDocumentHistoryHandler(DocumentReads documents)
    : HistoryHandler<ListDocumentHistory>(documents);
