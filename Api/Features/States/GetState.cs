using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Gives a state as it stands.</summary>
public sealed record GetState : RecordRead
{
    /// <summary>The code of the state.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class GetStateHandler(StateReads states) : GetHandler<GetState>(states);
