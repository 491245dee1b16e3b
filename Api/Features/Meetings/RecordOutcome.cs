using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Meetings;

/// <summary>Record an outcome.</summary>
/// <remarks>Records what the meeting did about an item of its agenda or a document.</remarks>
public sealed record RecordOutcome : IRequest<StoredRecord>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The outcome.</summary>
    [FromBody, Required]
    public OutcomeModel? Model { get; init; }
}

internal sealed class RecordOutcomeHandler(Ledger ledger, OutcomeStore outcomes)
    : IRequestHandler<RecordOutcome, StoredRecord>
{
    public Task<StoredRecord> Handle(RecordOutcome request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => outcomes.RecordAsync(session, request.Id, request.Model!), cancellationToken);
}
