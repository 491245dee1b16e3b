using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Features.Forums;

/// <summary>Get a body.</summary>
public sealed record GetBody : FormattedRead
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, Spelled(Capitals = true)]
    public string Forum { get; init; } = "";

    /// <summary>The code of the body.</summary>
    [FromRoute, Spelled]
    public string Code { get; init; } = "";

    internal override string Id => BodyStore.IdOf(Forum, Code);

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetBodyHandler(BodyReads bodies) : GetHandler<GetBody>(bodies);
