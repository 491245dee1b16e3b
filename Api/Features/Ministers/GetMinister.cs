using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Get a minister.</summary>
public sealed record GetMinister : FormattedRead
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;

    internal override IReadOnlyList<Form> Forms => [Form.Json, Form.JsonLd];
}

internal sealed class GetMinisterHandler(MinisterReads ministers) : GetHandler<GetMinister>(ministers);
