using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Meetings;

/// <summary>Record a step of a document.</summary>
/// <remarks>
/// Records that the document is drafted, discussed, adopted, signed, in force, superseded or withdrawn.
/// </remarks>
public sealed record TakeDocumentStep : IRequest<StoredRecord>
{
    /// <summary>The id of the document.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The step, its date and its meeting.</summary>
    [FromBody, Required]
    public DocumentStepModel? Model { get; init; }
}

internal sealed class TakeDocumentStepHandler(Ledger ledger, DocumentStore documents)
    : IRequestHandler<TakeDocumentStep, StoredRecord>
{
    public Task<StoredRecord> Handle(TakeDocumentStep request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => documents.StepAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
