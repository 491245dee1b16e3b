using System.ComponentModel.DataAnnotations;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Api.Features.Records;

/// <summary>Create or replace a record.</summary>
public sealed record ReplaceRecord<TModel> : RecordChange, IRequest<Written>
    where TModel : RecordModel
{
    /// <summary>With *, creates the record, even when a deleted record had the id.</summary>
    [FromHeader(Name = "If-None-Match")]
    public ExpectedVersion? IfNoneMatch { get; init; }

    /// <summary>The whole record.</summary>
    [FromBody, Required]
    public TModel? Model { get; init; }
}

internal sealed class ReplaceRecordHandler<TModel>(Ledger ledger, RecordStore<TModel> store)
    : IRequestHandler<ReplaceRecord<TModel>, Written>
    where TModel : RecordModel
{
    public Task<Written> Handle(ReplaceRecord<TModel> request, CancellationToken cancellationToken) =>
        ledger.WriteAsync(
            session => store.ReplaceAsync(session, request.Id, request.IfNoneMatch ?? request.IfMatch, request.Model!),
            cancellationToken
        );
}
