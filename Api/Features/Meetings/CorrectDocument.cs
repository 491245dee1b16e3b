using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Meetings;

/// <summary>Update a document.</summary>
/// <remarks>When the steps are corrected, the status follows.</remarks>
public sealed record CorrectDocument : RecordCorrection<OfficialDocument>
{
    /// <summary>The id of the document.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string DocumentId { get; init; } = "";

    internal override string Id => DocumentId;
}

internal sealed class CorrectDocumentHandler(Ledger ledger, DocumentStore documents)
    : IRequestHandler<CorrectDocument, StoredRecord>
{
    public Task<StoredRecord> Handle(CorrectDocument request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session =>
                documents.CorrectAsync(
                    session,
                    request.Id,
                    request.IfMatch,
                    record => BodyReader.ReadPatched<OfficialDocument>(record, request.Patch!.WithStatusOfSteps())
                ),
            cancellationToken
        );
}
