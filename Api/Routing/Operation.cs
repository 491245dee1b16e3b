using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;
using Registry.Api.Access;
using Registry.Api.Access.Quotas;
using Registry.Api.Http;
using Registry.Api.Http.Caching;
using Registry.Api.Http.Lists;
using Registry.Api.Http.Requests;
using Registry.Infrastructure.Engine;

namespace Registry.Api.Routing;

/// <summary>Reads a request, sends it to its handler and writes the response.</summary>
/// <param name="shape">The request and response of the operation.</param>
/// <param name="answer">Makes the HTTP response of the result.</param>
internal sealed class Operation<TRequest, TAnswer>(OperationShape shape, Func<TRequest, TAnswer, IResult> answer)
    where TRequest : class, IRequest<TAnswer>, new()
{
    /// <summary>
    /// True for reads of records, whose responses are valid until a record changes. Lists without history, such as
    /// deliveries, change without a write to a record.
    /// </summary>
    private readonly bool _readsRecords =
        !shape.Kind.IsWrite()
        && shape.Kind != OperationKind.Ask
        && typeof(Question).IsAssignableFrom(typeof(TRequest))
        && !typeof(PresentListQuery).IsAssignableFrom(typeof(TRequest));

    /// <summary>True for reads whose responses show names in the accepted languages.</summary>
    private readonly bool _showsNames =
        typeof(INamed).IsAssignableFrom(typeof(TRequest))
        && !typeof(PresentListQuery).IsAssignableFrom(typeof(TRequest))
        && !typeof(RecordHistory).IsAssignableFrom(typeof(TRequest))
        && ShownNames.AreIn(shape.Answer!);

    public async Task ServeAsync(HttpContext context)
    {
        var form = MediaTypes.Choose(context.Request, shape.Formats);
        await (
            OperationCosts.IsHeavy(shape, form)
                ? context
                    .RequestServices.GetRequiredService<HeavyWork>()
                    .RunAsync(context, () => ServeAsync(context, form))
                : ServeAsync(context, form)
        );
    }

    private async Task ServeAsync(HttpContext context, ResponseFormat form)
    {
        if (shape.Kind.IsWrite())
        {
            await context.RequestServices.GetRequiredService<ScopeGuard>().CheckAsync(context, shape.Resource?.Kind);
            Reasons.Note(context);
        }

        if (!_readsRecords)
        {
            Charge(context, form);
        }

        if (shape.Kind.IsPosted() && await Idempotency.KeyOfAsync(context) is { } key)
        {
            await Idempotency.ServeAsync(context, key, from => RequestAsync(from, form), answer);
            return;
        }

        if (shape.Formats.Count > 1)
        {
            context.Response.Headers.Vary = HeaderNames.Accept;
        }

        if (_showsNames)
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        }

        if (_readsRecords)
        {
            context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
            await GiveAsync(context, form);
            return;
        }

        var request = await RequestAsync(context, form);
        var result = await InOneStateAsync(context, request, () => CarryOutAsync(context, request));
        await result.ExecuteAsync(context);
    }

    /// <summary>Serves a read of records, and caches the response.</summary>
    private async Task GiveAsync(HttpContext context, ResponseFormat form)
    {
        var reads = context.RequestServices.GetRequiredService<RenderedReads>();
        var stamp = await reads.StampAsync(context, form);
        var request = await RequestAsync(context, form);
        var question = (Question)(object)request;
        if (Freshness.IsNamed(context, question, stamp))
        {
            return;
        }

        var isCostly = question.IsCostly && !OperationCosts.IsHeavy(shape, form);
        Charge(context, form, isCostly);
        var (result, rendered) = await (
            isCostly
                ? context.RequestServices.GetRequiredService<HeavyWork>().ReadAsync(ReadAsync, context.RequestAborted)
                : ReadAsync()
        );
        if (rendered?.Tag is null && Freshness.IsAny(context, question))
        {
            return;
        }

        if (rendered is null)
        {
            await result.ExecuteAsync(context);
            return;
        }

        await (
            context.GetEndpoint()!.Metadata.GetMetadata<IAuthorizeData>() is null
                ? reads.GiveAsync(context, rendered, stamp)
                : rendered.WriteAsync(context)
        );

        Task<(IResult Result, Rendered? Rendered)> ReadAsync() => InOneStateAsync(context, request, RenderAsync);

        async Task<(IResult Result, Rendered? Rendered)> RenderAsync()
        {
            var result = await CarryOutAsync(context, request);
            return (result, result is IRendered rendering ? await rendering.RenderAsync(context) : null);
        }
    }

    /// <summary>Charges the work to the quotas of the caller, unless the client has the response already.</summary>
    private void Charge(HttpContext context, ResponseFormat form, bool isCostly = false) =>
        QuotaService.ChargeOf(context)?.Charge(OperationCosts.Of(shape, form, context.Request, isCostly));

    /// <summary>
    /// Reads everything for a response in one snapshot of the database. Streamed responses read their pages outside it.
    /// </summary>
    private Task<T> InOneStateAsync<T>(HttpContext context, TRequest request, Func<Task<T>> answer) =>
        request is Question question && !shape.Kind.IsWrite()
            ? context
                .RequestServices.GetRequiredService<RegistryDatabase>()
                .InOneStateAsync(answer, several: !question.IsOneStatement, context.RequestAborted)
            : answer();

    private async Task<IResult> CarryOutAsync(HttpContext context, TRequest request)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        return answer(request, await mediator.Send(request, context.RequestAborted));
    }

    private Task<TRequest> RequestAsync(HttpContext context, ResponseFormat form) =>
        RequestReader.ReadAsync<TRequest>(context, blank => Prepare(blank, form, context.Request));

    /// <summary>Completes a request with data that is not a parameter.</summary>
    private void Prepare(TRequest request, ResponseFormat form, HttpRequest from)
    {
        if (_showsNames)
        {
            ((INamed)request).Accepted = Languages.AcceptedBy(from);
        }

        if (request is IRecordRequest named)
        {
            named.Id = shape.Resource!.IdIn(from.RouteValues);
        }

        if (request is RecordRead record)
        {
            record.Item = shape.Answer;
        }

        if (request is IWaits waits)
        {
            waits.Client = from.HttpContext.Connection.RemoteIpAddress;
        }

        if (request is ListQuery list)
        {
            list.Answered = form;
            list.Item = shape.Answer;
        }
        else if (request is FormattedRead read)
        {
            (read.Formats, read.Answered) = (shape.Formats, form);
        }
        else if (request is IFormatted formatted)
        {
            formatted.Answered = form;
        }
    }
}
