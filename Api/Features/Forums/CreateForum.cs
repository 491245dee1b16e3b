using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Forums;

/// <summary>Create a forum.</summary>
public sealed record CreateForum : IRequest<StoredRecord>
{
    /// <summary>The forum.</summary>
    [FromBody, Required]
    public ForumDocument? Document { get; init; }
}

internal sealed class CreateForumHandler(Ledger ledger, ForumStore forums) : IRequestHandler<CreateForum, StoredRecord>
{
    public Task<StoredRecord> Handle(CreateForum request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => forums.CreateAsync(session, request.Document!.Code!, request.Document!),
            cancellationToken
        );
}
