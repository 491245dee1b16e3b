using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Database;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Gives a state as it stands.</summary>
public sealed record GetState : IRecordRequest, IRequest<StoredRecord>
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    string IRecordRequest.Id => Code;
}

internal sealed class GetStateHandler(StateReads states) : GetHandler<GetState>(states);
