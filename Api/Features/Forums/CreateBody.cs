using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Forums;

/// <summary>Create a body.</summary>
public sealed record CreateBody : IRequest<StoredRecord>
{
    /// <summary>The code of the forum.</summary>
    [FromRoute, UpperCase]
    public string Forum { get; init; } = "";

    /// <summary>The body.</summary>
    [FromBody, Required]
    public BodyModel? Model { get; init; }
}

internal sealed class CreateBodyHandler(Ledger ledger, BodyStore bodies) : IRequestHandler<CreateBody, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateBody request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => bodies.CreateAsync(session, BodyStore.IdOf(request.Forum, request.Model!.Code!), request.Model!),
            cancellationToken
        );
}
