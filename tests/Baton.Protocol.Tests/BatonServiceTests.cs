using Baton.Protocol.ConnectorApi.V1;
using Grpc.Core;

namespace Baton.Protocol.Tests;

/// <summary>The stubs of the one service we call and serve over a network.</summary>
public sealed class BatonServiceTests
{
    [Fact]
    public void BindService_EveryMethod_HasThePathAndKindOfTheContract()
    {
        var binder = new RecordingBinder();
        var contract = Contract.Load().Files.SelectMany(file => file.Services)
            .Single(service => service.Name is "c1.connectorapi.baton.v1.BatonService");

        BatonService.BindService(binder, new Unimplemented());

        Assert.Equal(contract.Methods.Select(method => $"{method.Path} {method.Kind}"), binder.Methods, StringComparer.Ordinal);
    }

    [Fact]
    public async System.Threading.Tasks.Task GetTask_ThroughTheClient_CallsThePathOnTheWire()
    {
        var invoker = new RecordingInvoker();
        var client = new BatonService.BatonServiceClient(invoker);

        using var call = client.GetTaskAsync(new BatonServiceGetTaskRequest(), cancellationToken: TestContext.Current.CancellationToken);
        await call.ResponseAsync;

        Assert.Equal(["/c1.connectorapi.baton.v1.BatonService/GetTask"], invoker.Paths);
    }

    [Fact]
    public void Stubs_OfOtherServices_AreNotGenerated()
    {
        var clients = typeof(ProtocolTypes).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(ClientBase)));

        Assert.Equal([typeof(BatonService.BatonServiceClient)], clients);
    }

    private sealed class Unimplemented : BatonService.BatonServiceBase;

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<string> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
            => Methods.Add($"{method.FullName} unary");

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
            => Methods.Add($"{method.FullName} client stream");
    }

    private sealed class RecordingInvoker : CallInvoker
    {
        public List<string> Paths { get; } = [];

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        {
            Paths.Add(method.FullName);
            return new(
                System.Threading.Tasks.Task.FromResult(Activator.CreateInstance<TResponse>()),
                System.Threading.Tasks.Task.FromResult(new Metadata()),
                () => Status.DefaultSuccess,
                () => [],
                () => { });
        }

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();
    }
}
