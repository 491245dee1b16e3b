using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Meetings;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Create or replace a document.</summary>
public sealed record ReplaceDocument : RecordReplacement<OfficialDocument>
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class ReplaceDocumentHandler(Ledger ledger, DocumentStore documents)
    : ReplaceHandler<ReplaceDocument, Document, OfficialDocument>(ledger, documents);
