using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;

namespace Registry.Api.Features.Meetings;

/// <summary>Get a document.</summary>
public sealed record GetDocument : RecordRead
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class GetDocumentHandler(DocumentReads documents) : GetHandler<GetDocument>(documents);
