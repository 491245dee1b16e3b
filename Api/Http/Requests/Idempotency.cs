using System.Security.Cryptography;
using System.Text;
using MediatR;
using Microsoft.AspNetCore.WebUtilities;
using Registry.Api.Http.Bodies;
using Registry.Api.Http.Problems;
using Registry.Domain;
using Registry.Infrastructure.Audit;
using Registry.Infrastructure.Idempotency;

namespace Registry.Api.Http.Requests;

/// <summary>
/// Carries out a request with an Idempotency-Key only once. The same request within a day receives the first response,
/// success or refusal. A request that was invalid or could not be served has no stored response and may be sent again.
/// </summary>
/// <remarks>Follows the IETF's draft-ietf-httpapi-idempotency-key-header, whose quotes around a key may be left out.</remarks>
internal static class Idempotency
{
    public const string Header = "Idempotency-Key";

    public const int MaxKeyLength = 255;

    /// <summary>The size from which a body is buffered in a file, in bytes.</summary>
    private const int InMemory = 64 * 1024;

    /// <summary>Reads the key of a request and the fingerprint of the request; null when there is no key.</summary>
    /// <exception cref="InvalidRequestException">The key is repeated or malformed.</exception>
    public static async Task<RequestKey?> KeyOfAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header];
        if (given.Count == 0)
        {
            return null;
        }

        var key = given is [{ } single] ? Unquoted(single) : "";
        if (key.Length is 0 or > MaxKeyLength || key.Any(letter => letter is < '!' or > '~'))
        {
            throw InvalidRequestException.Of(
                Header,
                $"It is given once, with 1 to {MaxKeyLength} visible ASCII characters."
            );
        }

        // The key is scoped to its caller, so that no client receives the response of another one.
        var owner = context.RequestServices.GetRequiredService<AuditLog>().Origin.KeyId;
        return new RequestKey(Hex(Encoding.UTF8.GetBytes($"{owner}\n{key}")), await FingerprintAsync(context.Request));
    }

    /// <summary>Serves a request with a key: from the stored response, or by carrying it out.</summary>
    public static async Task ServeAsync<TRequest, TAnswer>(
        HttpContext context,
        RequestKey key,
        Func<HttpContext, Task<TRequest>> read,
        Func<TRequest, TAnswer, IResult> answer
    )
        where TRequest : class, IRequest<TAnswer>
    {
        var answers = context.RequestServices.GetRequiredService<KeptAnswers>();
        var kept =
            await answers.FindAsync(key, context.RequestAborted)
            ?? await CarryOutAsync(context, answers, key, await read(context), answer);
        await WriteAsync(context.Response, kept);
    }

    private static async Task<KeptAnswer> CarryOutAsync<TRequest, TAnswer>(
        HttpContext context,
        KeptAnswers answers,
        RequestKey key,
        TRequest request,
        Func<TRequest, TAnswer, IResult> answer
    )
        where TRequest : class, IRequest<TAnswer>
    {
        answers.Expect<TAnswer>(key, given => RenderAsync(context, answer(request, given).ExecuteAsync));
        try
        {
            var mediator = context.RequestServices.GetRequiredService<IMediator>();
            var given = await mediator.Send(request, context.RequestAborted);
            if (answers.Stored is { } kept)
            {
                return kept;
            }

            var rendered = await RenderAsync(context, answer(request, given).ExecuteAsync);
            return await answers.KeepAsync(key, rendered, CancellationToken.None);
        }
        catch (AnsweredBeforeException)
        {
            return (await answers.FindAsync(key, context.RequestAborted))!;
        }
        catch (RegistryException refusal) when (IsFinal(refusal))
        {
            var rendered = await RenderAsync(context, shadow => shadow.RefuseAsync(refusal));
            return await answers.KeepAsync(key, rendered, CancellationToken.None);
        }
    }

    /// <summary>False for a refusal that is temporary, or concerns the key itself.</summary>
    private static bool IsFinal(RegistryException refusal) =>
        refusal is not KeyReusedException
        && ProblemTypes.Of(refusal.Code).Status is < 500 and not StatusCodes.Status429TooManyRequests;

    private static string Unquoted(string key) => key is ['"', .. var inner, '"'] ? inner : key;

    private static async Task<string> FingerprintAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Headers.IfMatch}\n{request.ContentType}\n"));

        if (request.Headers.ContentEncoding is { Count: > 0 } coding)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{coding}\n"));
        }

        // The body is buffered, because it is read here and again by the operation.
        var folder = request.HttpContext.RequestServices.GetRequiredService<TemporaryFiles>().Folder;
        request.Body = new FileBufferingReadStream(request.Body, InMemory, null, folder);
        request.HttpContext.Response.RegisterForDisposeAsync(request.Body);
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hex(byte[] what) => Convert.ToHexStringLower(SHA256.HashData(what));

    /// <summary>Renders the response without sending it.</summary>
    private static async Task<KeptAnswer> RenderAsync(HttpContext context, Func<HttpContext, Task> write)
    {
        using var body = new MemoryStream();
        var shadow = new DefaultHttpContext { RequestServices = context.RequestServices };
        shadow.TraceIdentifier = context.TraceIdentifier;
        shadow.Request.Method = context.Request.Method;
        shadow.Request.PathBase = context.Request.PathBase;
        shadow.Request.Path = context.Request.Path;
        shadow.Response.Body = body;
        await write(shadow);
        return new KeptAnswer(
            shadow.Response.StatusCode,
            shadow.Response.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
            Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length)
        );
    }

    private static Task WriteAsync(HttpResponse response, KeptAnswer kept)
    {
        response.StatusCode = kept.Status;
        foreach (var (name, value) in kept.Headers)
        {
            response.Headers[name] = value;
        }

        return response.Body.WriteAsync(Encoding.UTF8.GetBytes(kept.Body)).AsTask();
    }
}
