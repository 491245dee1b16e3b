using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Meetings;

/// <summary>Add an agenda item.</summary>
public sealed record AddAgendaItem : IRequest<StoredRecord>
{
    /// <summary>The id of the meeting.</summary>
    [FromRoute]
    public string Id { get; init; } = "";

    /// <summary>The ETag of the expected version; optional.</summary>
    [FromHeader(Name = "If-Match")]
    public ExpectedVersion IfMatch { get; init; } = ExpectedVersion.Unsaid;

    /// <summary>The item and the number of its parent.</summary>
    [FromBody, Required]
    public AgendaAdditionModel? Model { get; init; }
}

internal sealed class AddAgendaItemHandler(Ledger ledger, MeetingStore meetings)
    : IRequestHandler<AddAgendaItem, StoredRecord>
{
    public Task<StoredRecord> Handle(AddAgendaItem request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => meetings.AddItemAsync(session, request.Id, request.IfMatch, request.Model!),
            cancellationToken
        );
}
