using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Create a state.</summary>
public sealed record CreateState : IRequest<StoredRecord>
{
    /// <summary>The state.</summary>
    [FromBody, Required]
    public StateDocument? Document { get; init; }
}

internal sealed class CreateStateHandler(Ledger ledger, StateStore states) : IRequestHandler<CreateState, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateState request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => states.CreateAsync(session, request.Document!.Code!, request.Document!),
            cancellationToken
        );
}
