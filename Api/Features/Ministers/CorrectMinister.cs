using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http;
using Registry.Api.Pipeline;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Update a minister.</summary>
public sealed record CorrectMinister : RecordCorrection<MinisterDocument>
{
    /// <summary>The id of the minister.</summary>
    [FromRoute(Name = "id"), Spelled]
    public string Minister { get; init; } = "";

    internal override string Id => Minister;
}

internal sealed class CorrectMinisterHandler(Ledger ledger, MinisterStore ministers)
    : CorrectHandler<CorrectMinister, Minister, MinisterDocument>(ledger, ministers);
