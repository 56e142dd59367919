"""Small sound ONNX models, an operator or two each, for ModelMutationTest: python operators.py operators.zip (numpy, onnx)."""
import sys, zipfile
import numpy as np, onnx
from onnx import helper as h, TensorProto as T, numpy_helper as nh
F=T.FLOAT
files={}
X=h.make_tensor_value_info('x',F,['n',1,4,4])
def c(name,a): return nh.from_array(np.array(a),name)
def save(name,nodes,inits=(),opset=17,extra=None,vi=(),functions=(),domains=()):
    inits=list(inits)+[c('t0',i(1,-1)),c('t1',i(1,2))]
    last=nodes+[n('Reshape',['y','t0'],['y1'])]
    last+=[n('ReduceMax',['y1'],['y2'],axes=[1]) if opset<18 else n('ReduceMax',['y1','t2'],['y2']),n('Expand',['y2','t1'],['out'])]
    if opset>=18: inits.append(c('t2',i(1)))
    g=h.make_graph(last,'g',[X],[h.make_tensor_value_info('out',F,[1,2])],inits,value_info=list(vi))
    m=h.make_model(g,opset_imports=[h.make_opsetid('',opset)]+[h.make_opsetid(d,1) for d in domains],ir_version=9,functions=list(functions))
    files[name+'.onnx']=m.SerializeToString()
n=h.make_node
n=h.make_node
f=lambda *s: np.random.RandomState(0).rand(*s).astype(np.float32)
i=lambda *v: np.array(v,np.int64)
save('conv',[n('Conv',['x','w','b'],['c'],kernel_shape=[3,3],pads=[1,1,1,1],strides=[1,1],dilations=[1,1],group=1),n('Relu',['c'],['r']),n('GlobalAveragePool',['r'],['p']),n('Flatten',['p'],['y'])],[c('w',f(2,1,3,3)),c('b',f(2))])
save('convT',[n('ConvTranspose',['x','w'],['c'],strides=[2,2],output_padding=[1,1],pads=[1,1,1,1]),n('GlobalMaxPool',['c'],['p']),n('Flatten',['p'],['y'])],[c('w',f(1,2,3,3))])
for op in ('MaxPool','AveragePool','LpPool'):
    save(op,[n(op,['x'],['c'],kernel_shape=[2,2],strides=[2,2],pads=[0,0,1,1]),n('Flatten',['c'],['y'])])
save('maxpoolidx',[n('MaxPool',['x'],['c','i'],kernel_shape=[2,2],strides=[2,2],ceil_mode=1,storage_order=0),n('MaxUnpool',['c','i'],['u'],kernel_shape=[2,2],strides=[2,2]),n('Flatten',['u'],['y'])])
save('resize',[n('Resize',['x','','s'],['c'],mode='linear',coordinate_transformation_mode='half_pixel'),n('Flatten',['c'],['y'])],[c('s',np.array([1,1,2,2],np.float32))])
save('resizecubic',[n('Resize',['x','roi','','z'],['c'],mode='cubic',coordinate_transformation_mode='tf_crop_and_resize'),n('Flatten',['c'],['y'])],[c('roi',np.array([0,0,0,0,1,1,1,1],np.float32)),c('z',i(1,1,8,8))])
save('upsample9',[n('Upsample',['x','s'],['c'],mode='nearest'),n('Flatten',['c'],['y'])],[c('s',np.array([1,1,2,2],np.float32))],opset=9)
save('pad',[n('Pad',['x','p','v'],['c'],mode='reflect'),n('Flatten',['c'],['y'])],[c('p',i(0,0,1,1,0,0,1,1)),c('v',np.float32(0))])
save('padc',[n('Pad',['x','p','v'],['c'],mode='constant'),n('Flatten',['c'],['y'])],[c('p',i(0,0,1,1,0,0,1,-1)),c('v',np.float32(0))])
save('pad2',[n('Pad',['x'],['c'],mode='edge',pads=[0,0,1,1,0,0,1,1]),n('Flatten',['c'],['y'])],opset=10)
save('slice',[n('Slice',['x','a','b','ax','st'],['c']),n('Flatten',['c'],['y'])],[c('a',i(0,3)),c('b',i(3,0)),c('ax',i(2,3)),c('st',i(1,-1))])
save('slice9',[n('Slice',['x'],['c'],starts=[0,1],ends=[3,3],axes=[2,3]),n('Flatten',['c'],['y'])],opset=9)
save('gather',[n('Gather',['x','i'],['c'],axis=2),n('Flatten',['c'],['y'])],[c('i',i(0,2,-1))])
save('gathernd',[n('GatherND',['d','i'],['c'],batch_dims=0),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['s']),n('Add',['s','c'],['y'])],[c('d',f(3,2)),c('i',np.array([[0,1],[2,0]],np.int64)),c('ax',i(1))])
save('gatherel',[n('GatherElements',['d','i'],['c'],axis=1),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['s']),n('Add',['s','c'],['y'])],[c('d',f(2,2)),c('i',np.array([[0,1],[1,0]],np.int64)),c('ax',i(1))])
save('scatternd',[n('ScatterND',['d','i','u'],['c']),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['s']),n('Add',['s','c'],['y'])],[c('d',f(3,2)),c('i',np.array([[0],[2]],np.int64)),c('u',f(2,2)),c('ax',i(1))])
save('scatterel',[n('ScatterElements',['d','i','u'],['c'],axis=0,reduction='add'),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['s']),n('Add',['s','c'],['y'])],[c('d',f(3,2)),c('i',np.array([[0,1],[2,0]],np.int64)),c('u',f(2,2)),c('ax',i(1))])
save('tile',[n('Tile',['x','r'],['c']),n('Flatten',['c'],['y'])],[c('r',i(1,1,2,2))])
save('expand',[n('Expand',['x','r'],['c']),n('Flatten',['c'],['y'])],[c('r',i(1,2,4,4))])
save('reshape',[n('Reshape',['x','r'],['c'],allowzero=0),n('Transpose',['c'],['t'],perm=[0,2,1]),n('Flatten',['t'],['y'],axis=1)],[c('r',i(0,2,-1))])
save('split',[n('Split',['x','s'],['a','b'],axis=2),n('Concat',['b','a'],['c'],axis=3),n('Flatten',['c'],['y'])],[c('s',i(2,2))])
save('split18',[n('Split',['x'],['a','b'],axis=2,num_outputs=2),n('Concat',['b','a'],['c'],axis=3),n('Flatten',['c'],['y'])],opset=18)
save('topk',[n('Flatten',['x'],['f']),n('TopK',['f','k'],['y','i'],axis=1,largest=1,sorted=1)],[c('k',i(2))])
save('reduce',[n('ReduceMean',['x'],['y'],axes=[2,3],keepdims=0)],opset=13)
save('reduce18',[n('ReduceMax',['x','a'],['y'],keepdims=0,noop_with_empty_axes=0)],[c('a',i(2,3))],opset=18)
save('argmax',[n('ArgMax',['x'],['a'],axis=3,keepdims=0,select_last_index=1),n('Cast',['a'],['b'],to=1),n('Flatten',['b'],['y'])])
save('einsum',[n('Einsum',['x','w'],['y'],equation='nchw,hwk->nk')],[c('w',f(4,4,2))])
save('gemm',[n('Flatten',['x'],['f']),n('Gemm',['f','w','b'],['y'],alpha=1.0,beta=1.0,transB=1)],[c('w',f(2,16)),c('b',f(2))])
save('matmul',[n('Flatten',['x'],['f']),n('MatMul',['f','w'],['m']),n('Softmax',['m'],['y'],axis=-1)],[c('w',f(16,2))])
save('bn',[n('BatchNormalization',['x','s','b','m','v'],['c'],epsilon=1e-5),n('InstanceNormalization',['c','s','b'],['d']),n('Flatten',['d'],['y'])],[c('s',f(1)),c('b',f(1)),c('m',f(1)),c('v',f(1))])
save('ln',[n('LayerNormalization',['x','s','b'],['c'],axis=-1),n('LRN',['c'],['d'],size=3),n('Flatten',['d'],['y'])],[c('s',f(4)),c('b',f(4))])
save('gn',[n('GroupNormalization',['x','s','b'],['d'],num_groups=1),n('Flatten',['d'],['y'])],[c('s',f(1)),c('b',f(1))],opset=18)
save('lstm',[n('Squeeze',['x','a'],['q']),n('LSTM',['q','w','r','b'],['o','h','cc'],hidden_size=2,direction='bidirectional',layout=0,activations=['Sigmoid','Tanh','Tanh']*2),n('Flatten',['o'],['y'])],[c('a',i(1)),c('w',f(2,8,4)),c('r',f(2,8,2)),c('b',f(2,16))])
save('gru',[n('Squeeze',['x','a'],['q']),n('GRU',['q','w','r'],['o','h'],hidden_size=2,linear_before_reset=1,clip=3.0),n('Flatten',['o'],['y'])],[c('a',i(1)),c('w',f(1,6,4)),c('r',f(1,6,2))])
save('rnn',[n('Squeeze',['x','a'],['q']),n('RNN',['q','w','r'],['o','h'],hidden_size=2),n('Flatten',['o'],['y'])],[c('a',i(1)),c('w',f(1,2,4)),c('r',f(1,2,2))])
save('quant',[n('QuantizeLinear',['x','s','z'],['q'],axis=1),n('DequantizeLinear',['q','s','z'],['d'],axis=1),n('Flatten',['d'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3))])
save('qconv',[n('QuantizeLinear',['x','s','z'],['q']),n('QLinearConv',['q','s','z','w','s','z','s','z'],['e'],pads=[1,1,1,1]),n('DequantizeLinear',['e','s','z'],['d']),n('Flatten',['d'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3)),c('w',np.ones((2,1,3,3),np.uint8))])
save('convint',[n('Cast',['x'],['q'],to=2),n('ConvInteger',['q','w','z','z'],['e'],pads=[1,1,1,1]),n('Cast',['e'],['d'],to=1),n('Flatten',['d'],['y'])],[c('z',np.uint8(3)),c('w',np.ones((2,1,3,3),np.uint8))])
save('qmatmul',[n('Flatten',['x'],['f']),n('QuantizeLinear',['f','s','z'],['q']),n('QLinearMatMul',['q','s','z','w','s','z','s','z'],['e']),n('DequantizeLinear',['e','s','z'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3)),c('w',np.ones((16,2),np.uint8))])
save('dyn',[n('Flatten',['x'],['f']),n('DynamicQuantizeLinear',['f'],['q','s','z']),n('MatMulInteger',['q','w','z'],['e']),n('Cast',['e'],['y'],to=1)],[c('w',np.ones((16,2),np.uint8))])
save('nms',[n('NonMaxSuppression',['bx','sc','k','t','u'],['s']),n('Cast',['s'],['d'],to=1),n('ReduceSum',['x','ax'],['r'],keepdims=0),n('ReduceSum',['d'],['e'],keepdims=0),n('Add',['r','e'],['y'])],[c('bx',f(1,3,4)),c('sc',f(1,2,3)),c('k',i(2)),c('t',np.array([.5],np.float32)),c('u',np.array([.1],np.float32)),c('ax',i(2,3))])
save('roi',[n('RoiAlign',['x','ro','bi'],['c'],output_height=2,output_width=2,sampling_ratio=2,spatial_scale=1.0),n('Flatten',['c'],['y'])],[c('ro',np.array([[0,0,3,3]],np.float32)),c('bi',i(0))])
save('maxroi',[n('MaxRoiPool',['x','ro'],['c'],pooled_shape=[2,2],spatial_scale=1.0),n('Flatten',['c'],['y'])],[c('ro',np.array([[0,0,0,3,3]],np.float32))])
save('grid',[n('GridSample',['x','gr'],['c'],mode='bilinear',padding_mode='border'),n('Flatten',['c'],['y'])],[c('gr',f(1,3,3,2))])
save('affgrid',[n('AffineGrid',['th','sz'],['gr']),n('GridSample',['x','gr'],['c']),n('Flatten',['c'],['y'])],[c('th',f(1,2,3)),c('sz',i(1,1,4,4))],opset=20)
save('onehot',[n('ArgMax',['x'],['a'],axis=3,keepdims=0),n('OneHot',['a','d','v'],['o'],axis=-1),n('Flatten',['o'],['y'])],[c('d',i(5)),c('v',np.array([0,1],np.float32))])
save('cumsum',[n('CumSum',['x','a'],['c'],exclusive=1,reverse=1),n('Trilu',['c','k'],['t'],upper=1),n('Flatten',['t'],['y'])],[c('a',i(3).reshape(())),c('k',i(1).reshape(()))])
save('where',[n('Greater',['x','z'],['g']),n('Where',['g','x','z'],['w']),n('NonZero',['g'],['nz']),n('Compress',['w','cd'],['cm'],axis=3),n('Flatten',['cm'],['y'])],[c('z',np.float32(0)),c('cd',np.array([True,False,True,False]))])
save('range',[n('Range',['a','b','s'],['r']),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['q']),n('Add',['q','r'],['y'])],[c('a',np.float32(0)),c('b',np.float32(2)),c('s',np.float32(1)),c('ax',i(1))])
save('cos',[n('ConstantOfShape',['s'],['r'],value=nh.from_array(np.array([2],np.float32))),n('Flatten',['x'],['f']),n('ReduceSum',['f','ax'],['q']),n('Add',['q','r'],['y'])],[c('s',i(1,2)),c('ax',i(1))])
save('const',[n('Constant',[],['k'],value=nh.from_array(f(16,2))),n('Constant',[],['k2'],value_floats=[1.0,2.0]),n('Flatten',['x'],['f']),n('MatMul',['f','k'],['q']),n('Mul',['q','k2'],['y'])])
save('d2s',[n('SpaceToDepth',['x'],['c'],blocksize=2),n('DepthToSpace',['c'],['d'],blocksize=2,mode='CRD'),n('Flatten',['d'],['y'])])
save('shape',[n('Shape',['x'],['s'],start=0,end=2),n('Size',['x'],['z']),n('Concat',['s','m'],['t'],axis=0),n('Reshape',['x','t'],['y'])],[c('m',i(-1))])
b=h.make_graph([n('Identity',['cd'],['co']),n('Add',['v','k'],['w'])],'body',[h.make_tensor_value_info('it',T.INT64,[]),h.make_tensor_value_info('cd',T.BOOL,[]),h.make_tensor_value_info('v',F,None)],[h.make_tensor_value_info('co',T.BOOL,[]),h.make_tensor_value_info('w',F,None)],[c('k',np.float32(1))])
save('loop',[n('Flatten',['x'],['f']),n('Loop',['trip','t','f'],['y'],body=b)],[c('trip',i(2).reshape(())),c('t',np.array(True))])
save('if',[n('Flatten',['x'],['f']),n('If',['t'],['y'],then_branch=h.make_graph([n('Relu',['f'],['a'])],'a',[],[h.make_tensor_value_info('a',F,None)]),else_branch=h.make_graph([n('Mul',['f','k'],['bb'])],'b',[],[h.make_tensor_value_info('bb',F,None)],[c('k',np.float32(1))]))],[c('t',np.array(True))])
sb=h.make_graph([n('Add',['s','e'],['s2']),n('Identity',['s2'],['o'])],'sb',[h.make_tensor_value_info('s',F,None),h.make_tensor_value_info('e',F,None)],[h.make_tensor_value_info('s2',F,None),h.make_tensor_value_info('o',F,None)])
save('scan',[n('Squeeze',['x','a'],['q']),n('ReduceSum',['q','a0'],['st'],keepdims=0),n('Transpose',['q'],['tq'],perm=[1,0,2]),n('Scan',['st0','tq'],['fs','so'],body=sb,num_scan_inputs=1),n('Flatten',['fs'],['y'])],[c('a',i(1)),c('a0',i(1)),c('st0',f(1,4))])
save('seq',[n('SplitToSequence',['x'],['sq'],axis=2,keepdims=1),n('SequenceAt',['sq','k'],['e']),n('ConcatFromSequence',['sq'],['cc'],axis=3),n('Flatten',['cc'],['y'])],[c('k',i(1).reshape(()))])
save('opt',[n('Optional',['x'],['o']),n('OptionalGetElement',['o'],['g']),n('Flatten',['g'],['y'])])
save('str',[n('StringNormalizer',['s'],['t'],case_change_action='LOWER',stopwords=['a']),n('Flatten',['x'],['y'])],[h.make_tensor('s',T.STRING,[2],[b'Ab',b'cd'])])
save('tfidf',[n('Cast',['x'],['q'],to=6),n('Flatten',['q'],['fq']),n('TfIdfVectorizer',['fq'],['y'],max_gram_length=1,max_skip_count=0,min_gram_length=1,mode='TF',ngram_counts=[0],ngram_indexes=[0,1],pool_int64s=[2,3])])
save('unique',[n('Unique',['x'],['u','a','b','cn'],sorted=1),n('Flatten',['x'],['y'])])
save('lpnorm',[n('LpNormalization',['x'],['c'],axis=2,p=2),n('Hardmax',['c'],['d'],axis=1),n('Flatten',['d'],['y'])])
save('revseq',[n('Squeeze',['x','a'],['q']),n('ReverseSequence',['q','l'],['r'],batch_axis=0,time_axis=1),n('Flatten',['r'],['y'])],[c('a',i(1)),c('l',i(2))])
save('dft',[n('Flatten',['x'],['f']),n('Unsqueeze',['f','u'],['g']),n('DFT',['g'],['d'],axis=1,onesided=0),n('Flatten',['d'],['y'])],[c('u',i(2))],opset=17)
save('stft',[n('Flatten',['x'],['f']),n('Unsqueeze',['f','u'],['g']),n('STFT',['g','st','wi'],['d']),n('Flatten',['d'],['y'])],[c('u',i(2)),c('st',i(4).reshape(())),c('wi',f(8))],opset=17)
save('col2im',[n('Flatten',['x'],['f']),n('Concat',['f','f','q4'],['f2'],axis=1),n('Reshape',['f2','rs'],['g']),n('Col2Im',['g','im','bl'],['d']),n('Flatten',['d'],['y'])],[c('rs',i(1,4,9)),c('q4',f(1,4)),c('im',i(4,4)),c('bl',i(2,2))],opset=18)
save('deform',[n('DeformConv',['x','w','of'],['d'],kernel_shape=[2,2],pads=[0,0,0,0],group=1,offset_group=1),n('Flatten',['d'],['y'])],[c('w',f(1,1,2,2)),c('of',f(1,8,3,3))],opset=19)
save('centercrop',[n('CenterCropPad',['x','s'],['d'],axes=[2,3]),n('Flatten',['d'],['y'])],[c('s',i(2,6))],opset=18)
save('bitshift',[n('Cast',['x'],['q'],to=2),n('BitShift',['q','k'],['r'],direction='LEFT'),n('Cast',['r'],['s'],to=1),n('Mod',['s','m'],['t'],fmod=1),n('Flatten',['t'],['y'])],[c('k',np.uint8(1)),c('m',np.float32(3))])
save('rand',[n('RandomNormalLike',['x'],['r'],dtype=1,mean=0.0,scale=1.0,seed=1.0),n('Add',['x','r'],['s']),n('Multinomial',['fl'],['mm'],sample_size=2,dtype=6),n('RandomUniform',[],['ru'],shape=[1,2]),n('Flatten',['s'],['y'])],[c('fl',f(1,4))])
save('divint',[n('Cast',['x'],['q'],to=7),n('Div',['q','k'],['r']),n('Mod',['r','k'],['r2']),n('Cast',['r2'],['s'],to=1),n('Flatten',['s'],['y'])],[c('k',i(2))])
save('half',[n('Cast',['x'],['q'],to=10),n('Mul',['q','k'],['r']),n('Cast',['r'],['s'],to=1),n('Flatten',['s'],['y'])],[c('k',np.array(2,np.float16))])
fn=h.make_function('loc','Twice',['a'],['b'],[n('Add',['a','a'],['b'])],[h.make_opsetid('',17)])
save('func',[n('Twice',['x'],['t'],domain='loc'),n('Flatten',['t'],['y'])],functions=[fn],domains=['loc'])
for nm,nodes,inits in [('ms_gelu',[n('Gelu',['x'],['t'],domain='com.microsoft'),n('Flatten',['t'],['y'])],[]),
  ('ms_biasgelu',[n('BiasGelu',['x','b'],['t0x'],domain='com.microsoft'),n('FastGelu',['t0x','b'],['t1x'],domain='com.microsoft'),n('QuickGelu',['t1x'],['t'],domain='com.microsoft',alpha=1.7),n('Flatten',['t'],['y'])],[c('b',f(4))]),
  ('ms_fusedconv',[n('FusedConv',['x','w'],['t'],domain='com.microsoft',activation='Relu',pads=[1,1,1,1]),n('Flatten',['t'],['y'])],[c('w',f(2,1,3,3))]),
  ('ms_fusedgemm',[n('Flatten',['x'],['ff']),n('FusedGemm',['ff','w','b'],['g0'],domain='com.microsoft',activation='Relu',transB=1),n('FusedMatMul',['g0','w2'],['y'],domain='com.microsoft',alpha=.5,transB=1)],[c('w',f(2,16)),c('b',f(2)),c('w2',f(3,2))]),
  ('ms_qadd',[n('QuantizeLinear',['x','s','z'],['q']),n('QLinearAdd',['q','s','z','q','s','z','s','z'],['r'],domain='com.microsoft'),n('QLinearMul',['r','s','z','q','s','z','s','z'],['r2'],domain='com.microsoft'),n('QLinearSigmoid',['r2','s','z','s','z'],['r3'],domain='com.microsoft'),n('QLinearLeakyRelu',['r3','s','z','s','z'],['e'],domain='com.microsoft',alpha=.1),n('DequantizeLinear',['e','s','z'],['d']),n('Flatten',['d'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3))]),
  ('ms_qpool',[n('QuantizeLinear',['x','s','z'],['q']),n('QLinearConcat',['s','z','q','s','z','q','s','z'],['r'],domain='com.microsoft',axis=1),n('QLinearAveragePool',['r','s','z','s','z'],['r2'],domain='com.microsoft',kernel_shape=[2,2],strides=[1,1]),n('QLinearGlobalAveragePool',['r2','s','z','s','z'],['e'],domain='com.microsoft',channels_last=0),n('DequantizeLinear',['e','s','z'],['d']),n('Flatten',['d'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3))]),
  ('ms_qgemm',[n('Flatten',['x'],['ff']),n('QuantizeLinear',['ff','s','z'],['q']),n('QGemm',['q','s','z','w','s','z','','s','z'],['r'],domain='com.microsoft',transB=1),n('QLinearSoftmax',['r','s','z','s','z'],['e'],domain='com.microsoft',axis=1,opset=13),n('DequantizeLinear',['e','s','z'],['y'])],[c('s',np.float32(.1)),c('z',np.uint8(3)),c('w',np.ones((2,16),np.uint8))]),
  ]:
    save(nm,nodes,inits,domains=['com.microsoft'],opset=17)
save('treeens',[n('Flatten',['x'],['f']),n('TreeEnsembleRegressor',['f'],['y'],domain='ai.onnx.ml',n_targets=2,nodes_treeids=[0,0,0],nodes_nodeids=[0,1,2],nodes_featureids=[0,0,0],nodes_modes=['BRANCH_LEQ','LEAF','LEAF'],nodes_values=[.5,0.,0.],nodes_truenodeids=[1,0,0],nodes_falsenodeids=[2,0,0],nodes_missing_value_tracks_true=[0,0,0],nodes_hitrates=[1.,1.,1.],target_treeids=[0,0],target_nodeids=[1,2],target_ids=[0,1],target_weights=[1.,2.])],domains=['ai.onnx.ml'])
save('svm',[n('Flatten',['x'],['f']),n('SVMClassifier',['f'],['l','y'],domain='ai.onnx.ml',classlabels_ints=[0,1],coefficients=[1.,-1.],kernel_params=[.1,0.,3.],kernel_type='RBF',prob_a=[1.],prob_b=[0.],rho=[.1],support_vectors=[.1]*32,vectors_per_class=[1,1])],domains=['ai.onnx.ml'])
save('lin',[n('Flatten',['x'],['f']),n('Scaler',['f'],['g'],domain='ai.onnx.ml',offset=[0.]*16,scale=[1.]*16),n('LinearClassifier',['g'],['l','y'],domain='ai.onnx.ml',classlabels_ints=[0,1],coefficients=[.1]*32,intercepts=[0.,1.],multi_class=0,post_transform='SOFTMAX')],domains=['ai.onnx.ml'])
save('label',[n('Cast',['x'],['q'],to=7),n('CategoryMapper',['q'],['e0'],domain='ai.onnx.ml',cats_int64s=[0,1],cats_strings=['a','b'],default_string='z'),n('LabelEncoder',['e0'],['e1'],domain='ai.onnx.ml',classes_strings=['a','b'],default_int64=0),n('Cast',['e1'],['e'],to=1),n('ArrayFeatureExtractor',['e','i'],['ff'],domain='ai.onnx.ml'),n('Flatten',['ff'],['y'])],[c('i',i(0,2))],domains=['ai.onnx.ml'])
# weights beside the model
t=nh.from_array(f(16,2),'w'); raw=t.raw_data; t.ClearField('raw_data'); t.data_location=T.EXTERNAL
for k,v in (('location','weights.bin'),('offset','0'),('length',str(len(raw)))): e=t.external_data.add(); e.key=k; e.value=v
save('external',[n('Flatten',['x'],['f']),n('MatMul',['f','w'],['y'])],[t])
files['weights.bin']=raw
with zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:
    for name in sorted(files):
        z.writestr(zipfile.ZipInfo(name,(2026,1,1,0,0,0)),files[name],zipfile.ZIP_DEFLATED)
