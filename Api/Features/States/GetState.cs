using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.States;

namespace Registry.Api.Features.States;

/// <summary>Get a state.</summary>
public sealed record GetState : RecordRead
{
    /// <summary>
    /// The code of the state (ISO 3166-1 alpha-3; ISO 3166-3 for former states). Its alpha-2 code (KZ), its M49 code
    /// (398) and its identifiers in other systems (Q232) redirect there with 308.
    /// </summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Code { get; init; } = "";

    internal override string Id => Code;
}

internal sealed class GetStateHandler(StateReads states) : GetHandler<GetState>(states);
