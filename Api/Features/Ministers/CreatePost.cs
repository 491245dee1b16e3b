using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>Create a post.</summary>
public sealed record CreatePost : IRequest<StoredRecord>
{
    /// <summary>The post.</summary>
    [FromBody, Required]
    public PostDocument? Document { get; init; }
}

internal sealed class CreatePostHandler(Ledger ledger, PostStore posts) : IRequestHandler<CreatePost, StoredRecord>
{
    public Task<StoredRecord> Handle(CreatePost request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(session => posts.CreateAsync(session, request.Document!), cancellationToken);
}
